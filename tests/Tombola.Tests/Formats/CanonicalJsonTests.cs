using Tombola.Formats;
using Tombola.Tensors;

namespace Tombola.Tests.Formats;

public sealed class CanonicalJsonTests : IDisposable
{
    private static readonly Outer Defaults = new();

    private readonly TemporaryFolder _folder = new();

    private enum Scope
    {
        LayerWise,
        Global,
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_at_its_default_is_left_out()
    {
        CanonicalJson.Write(Defaults, Defaults).ShouldBe("{}");
        CanonicalJson.Write(Defaults with { Inner = new Inner() }, Defaults).ShouldBe("{}");
        CanonicalJson.Write(Defaults with { Sizes = [300, 100] }, Defaults).ShouldBe("{}");
    }

    [Fact]
    public void Only_what_differs_is_written_sorted_and_without_white_space()
    {
        var value = Defaults with
        {
            Sizes = [300, 101],
            LearningRate = 1.2e-3,
            Inner = new Inner { Scope = Scope.Global, Epsilon = 1e-8f },
            Seed = new Seed(ulong.MaxValue),
            InputShape = new Shape(1, 28, 28),
            Name = "a \"b\" é",
        };
        CanonicalJson.Write(value, Defaults).ShouldBe(
            """{"inner":{"epsilon":1E-08,"scope":"global"},"input_shape":[1,28,28],"learning_rate":0.0012"""
            + ""","name":"a \"b\" é","seed":"18446744073709551615","sizes":[300,101]}""");
    }

    [Fact]
    public void Names_are_sorted_at_every_level_and_keys_of_maps_are_left_as_they_are() =>
        CanonicalJson.Write(Defaults with { Rates = new() { ["b"] = 2, ["Conv2"] = 0.5, ["a"] = 1 } }, Defaults)
            .ShouldBe("""{"rates":{"Conv2":0.5,"a":1,"b":2}}""");

    [Fact]
    public void A_null_is_left_out_unless_its_default_is_something_else()
    {
        CanonicalJson.Write(Defaults with { Note = null }, Defaults).ShouldBe("{}");
        CanonicalJson.Write(Defaults with { Note = null }, Defaults with { Note = "x" }).ShouldBe("""{"note":null}""");
        CanonicalJson.Write(Defaults with { Rates = [] }, Defaults with { Rates = new() { ["a"] = 1 } })
            .ShouldBe("""{"rates":{"a":null}}""");
    }

    [Fact]
    public void Different_records_differ_when_written()
    {
        var other = Defaults with { Note = "x" };
        Outer[] values =
        [
            other, other with { Note = null }, other with { Note = "" }, other with { Inner = null },
            other with { Inner = new Inner { Scope = Scope.Global } }, other with { Sizes = [] },
            other with { Seed = new Seed(1UL << 60) }, other with { Seed = new Seed((1UL << 60) + 1) },
            other with { LearningRate = 0.1 }, other with { LearningRate = 0.1f },
        ];
        values.Select(value => CanonicalJson.Write(value, other)).Distinct().Count().ShouldBe(values.Length);
    }

    [Fact]
    public void A_field_added_with_its_default_leaves_the_hash_as_it_is() =>
        CanonicalJson.Write(new Later { LearningRate = 0.5 }, new Later())
            .ShouldBe(CanonicalJson.Write(Defaults with { LearningRate = 0.5 }, Defaults));

    [Theory]
    [InlineData("{}", "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")]
    [InlineData("""{"name":"é"}""", "2f16b8477146a1b2ba7d6bb7cf7c9979c191cc2838a107dbf5f0d920b4cb3ba1")]
    public void Hashes_are_those_of_SHA_256(string text, string hash) => CanonicalJson.Hash(text).ShouldBe(hash);

    [Fact]
    public void Lists_are_not_records() =>
        Should.Throw<ArgumentException>(() => CanonicalJson.Write(new[] { 1 }, new[] { 2 }));

    [Fact]
    public void What_is_written_for_people_is_read()
    {
        var value = Defaults with
        {
            Seed = new Seed(ulong.MaxValue),
            LearningRate = double.NaN,
            InputShape = new Shape(3, 4),
            Inner = new Inner { Scope = Scope.Global },
            Sizes = [1],
        };
        File.WriteAllText(_folder["r"], CanonicalJson.Pretty(value));
        var read = CanonicalJson.ReadFile<Outer>(_folder["r"]);
        (read with { Sizes = value.Sizes }).ShouldBe(value);
        read.Sizes.ShouldBe(value.Sizes);
        File.ReadAllText(_folder["r"]).ShouldContain("\n  \"learning_rate\": \"NaN\",\n");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"seed\": 7}")]
    [InlineData("{\"seed\": \"-7\"}")]
    [InlineData("{\"input_shape\": [-1]}")]
    [InlineData("{\"input_shape\": [65536, 65536]}")]
    [InlineData("{\"input_shape\": [1.5]}")]
    [InlineData("{\"sizes\": [1,")]
    [InlineData("{\"inner\": {\"scope\": \"everywhere\"}}")]
    [InlineData("{\"rates\": {\"a\\nb\": \"x\"}}")]
    public void What_is_no_such_record_is_refused(string text)
    {
        File.WriteAllText(_folder["r"], text);
        var message = Should.Throw<InputException>(() => CanonicalJson.ReadFile<Outer>(_folder["r"])).Message;
        message.ShouldStartWith(_folder["r"] + ": ");
        message.ShouldNotContain("\n");
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Should.Throw<InputException>(() => CanonicalJson.ReadFile<Outer>(_folder["nowhere"])).Message
            .ShouldBe($"{_folder["nowhere"]}: there is no such file.");

    private sealed record Inner
    {
        public Scope Scope { get; init; }

        public float Epsilon { get; init; } = 1e-7f;
    }

    private record Outer
    {
        public string Name { get; init; } = "";

        public string? Note { get; init; }

        public double LearningRate { get; init; } = 0.01;

        public Seed Seed { get; init; } = new(1);

        public Shape? InputShape { get; init; }

        public IReadOnlyList<int> Sizes { get; init; } = [300, 100];

        public Dictionary<string, double>? Rates { get; init; }

        public Inner? Inner { get; init; } = new();
    }

    private sealed record Later : Outer
    {
        public int Added { get; init; } = 5;
    }
}

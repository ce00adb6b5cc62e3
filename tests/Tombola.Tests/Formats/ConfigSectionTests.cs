using Tombola.Formats;

namespace Tombola.Tests.Formats;

public sealed class ConfigSectionTests
{
    [Fact]
    public void Values_are_read_with_their_types()
    {
        var file = Section("""
            name: lenet
            steps: -12
            rate: 1e-3
            nesterov: true
            criterion: magnitude
            sets: [a, 'b c']
            hidden: [300, 100]
            training: {steps: 5}
            controls: [{draws: 1}, {draws: 2}]
            rates: {conv: 0.1, output: 1}
            """);
        file.Text("name", null).ShouldBe("lenet");
        file.Text("name", null).ShouldBe("lenet");
        file.Integer("steps", 0, long.MinValue).ShouldBe(-12);
        file.Number("rate", 0).ShouldBe(1e-3);
        file.Boolean("nesterov", false).ShouldBeTrue();
        file.Choice("criterion", "random", ["random", "magnitude"]).ShouldBe("magnitude");
        file.Strings("sets").ShouldBe(["a", "b c"]);
        file.Integers("hidden", 1).ShouldBe([300, 100]);
        file.Section("training").Integer("steps", 0, 1).ShouldBe(5);
        file.Sections("controls").Select(control => control.Integer("draws", 0, 1)).ShouldBe([1, 2]);
        file.Map("rates")
            .ShouldBe(new Dictionary<string, double> { ["conv"] = 0.1, ["output"] = 1 }, ignoreOrder: true);
        file.RejectUnknownKeys();
    }

    [Theory]
    [InlineData("other: 1")]
    [InlineData("other: 1\ntraining:\nsets:\nrates:\ncontrols:")]
    public void What_is_missing_or_empty_falls_back(string text)
    {
        var file = Section(text);
        file.Text("name", "x").ShouldBe("x");
        file.Integer("steps", 7, 10).ShouldBe(7);
        file.Number("rate", 0.5).ShouldBe(0.5);
        file.Boolean("nesterov", true).ShouldBeTrue();
        file.Choice("criterion", "random", ["magnitude"]).ShouldBe("random");
        file.Strings("sets").ShouldBeEmpty();
        file.Integers("hidden", 1).ShouldBeEmpty();
        file.Section("training").Section("optimizer").Integer("steps", 3, 1).ShouldBe(3);
        file.Sections("controls").ShouldBeEmpty();
        file.Map("rates").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("many")]
    [InlineData("0")]
    [InlineData("2000.0")]
    [InlineData("0.1e1")]
    [InlineData("1_000")]
    [InlineData("1,000")]
    [InlineData("0x10")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999999999999999")]
    public void A_whole_number_is_nothing_else(string text) =>
        Complaint($"training:\n  steps: '{text}'", file => file.Section("training").Integer("steps", 1, 1))
            .ShouldBe($"x.yaml:2:10: training.steps: expected a whole number of at least 1, got '{text}'.");

    [Theory]
    [InlineData("-1", false)]
    [InlineData("0", false)]
    [InlineData("1e-300", true)]
    [InlineData("1", true)]
    [InlineData("1.0000001", false)]
    [InlineData("nan", false)]
    [InlineData("NaN", false)]
    [InlineData(".inf", false)]
    [InlineData("1e999", false)]
    [InlineData("0,5", false)]
    public void A_number_is_within_its_bounds(string text, bool valid)
    {
        double Read(ConfigSection file) => file.Number("a", 0, 0, 1, leastExcluded: true);
        if (valid)
            Read(Section($"a: '{text}'"))
                .ShouldBe(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
        else
            Complaint($"a: '{text}'", file => Read(file))
                .ShouldBe($"x.yaml:1:4: a: expected a number above 0 and of at most 1, got '{text}'.");
    }

    [Theory]
    [InlineData("1e999")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    public void Infinities_are_no_numbers(string text) =>
        Complaint($"a: {text}", file => file.Number("a", 0))
            .ShouldBe($"x.yaml:1:4: a: expected a number, got '{text}'.");

    [Fact]
    public void Bounds_are_said_as_they_are()
    {
        Complaint("a: x", file => file.Number("a", 0, 0, 1)).ShouldContain("a number from 0 to 1, got");
        Complaint("a: 1", file => file.Number("a", 0, 0, 1, mostExcluded: true))
            .ShouldContain("a number of at least 0 and below 1, got");
        Complaint("a: 3", file => file.Number("a", 0, most: 2.5)).ShouldContain("a number of at most 2.5, got");
        Complaint("a: 3", file => file.Integer("a", 0, 1, 2)).ShouldContain("a whole number from 1 to 2, got");
        Complaint("a: 3", file => file.Integer("a", 0, long.MinValue, 2))
            .ShouldContain("a whole number of at most 2, got");
    }

    [Fact]
    public void A_value_of_the_wrong_kind_is_refused()
    {
        Complaint("a: [1]", file => file.Text("a", null)).ShouldBe("x.yaml:1:4: a: expected text, got a list.");
        Complaint("a: {b: 1}", file => file.Integer("a", 0, 0))
            .ShouldEndWith("a whole number of at least 0, got a mapping.");
        Complaint("a:", file => file.Integer("a", 0, 0)).ShouldEndWith("a whole number of at least 0, got nothing.");
        Complaint("a: yes", file => file.Boolean("a", false)).ShouldEndWith("expected true or false, got 'yes'.");
        Complaint("a: 1", file => file.Strings("a"))
            .ShouldEndWith("expected a list of texts, for example [a, b], got '1'.");
        Complaint("a: [b, [c]]", file => file.Strings("a")).ShouldBe("x.yaml:1:8: a.1: expected text, got a list.");
        Complaint("a: [1, 0]", file => file.Integers("a", 1))
            .ShouldBe("x.yaml:1:8: a.1: expected a whole number of at least 1, got '0'.");
        Complaint("a: 1", file => file.Section("a")).ShouldEndWith("a: expected a mapping of keys to values, got '1'.");
        Complaint("a: [1]", file => file.Section("a"))
            .ShouldEndWith("a: expected a mapping of keys to values, got a list.");
        Complaint("a: {b: 1}", file => file.Sections("a"))
            .ShouldEndWith("a: expected a list of mappings, got a mapping.");
        Complaint("a: [b]", file => file.Sections("a"))
            .ShouldEndWith("a.0: expected a mapping of keys to values, got 'b'.");
        Complaint("a: [b]", file => file.Map("a"))
            .ShouldEndWith("a: expected a mapping of names to numbers, got a list.");
        Complaint("a: {b: 2}", file => file.Map("a", 0, 1))
            .ShouldBe("x.yaml:1:8: a.b: expected a number from 0 to 1, got '2'.");
        Complaint("a: \"x\\ny\"", file => file.Boolean("a", false)).ShouldEndWith(@"got 'x\u000ay'.");
    }

    [Fact]
    public void A_choice_that_is_not_known_comes_with_the_nearest_one() =>
        Complaint("a: magnitud", file => file.Choice("a", "random", ["random", "magnitude"])).ShouldBe(
            "x.yaml:1:4: a: expected one of random, magnitude, got 'magnitud'. Did you mean 'magnitude'?");

    [Fact]
    public void What_must_be_there_is_asked_for_with_the_place()
    {
        Complaint("a: 1", file => file.Text("name", null)).ShouldBe("x.yaml:1:1: name is missing; it has no default.");
        Complaint("a: 1", file => file.Section("data").Section("b").Text("name", null))
            .ShouldBe("x.yaml:1:1: data.b.name is missing; it has no default.");
    }

    [Fact]
    public void A_key_that_nobody_asked_for_is_refused_where_it_stands()
    {
        Complaint("training:\n  step: 5\n", file =>
        {
            var training = file.Section("training");
            training.Integer("steps", 1, 1);
            training.Integer("batch", 1, 1);
            file.RejectUnknownKeys();
        }).ShouldBe("x.yaml:2:3: unknown key 'training.step'. Did you mean 'steps'? Known: steps, batch.");
        Complaint("name: x\ntrainnig:\n  steps: 5\n", file =>
        {
            file.Text("name", null);
            file.Section("training");
            file.RejectUnknownKeys();
        }).ShouldBe("x.yaml:2:1: unknown key 'trainnig'. Did you mean 'training'? Known: name, training.");
        Complaint("a: 1", file => file.RejectUnknownKeys()).ShouldStartWith("x.yaml:1:1: unknown key 'a'.");
        Complaint("a: [{b: 1}, {c: 1}]", file =>
        {
            foreach (var item in file.Sections("a"))
                item.Integer("b", 0, 0);
            file.RejectUnknownKeys();
        }).ShouldStartWith("x.yaml:1:14: unknown key 'a.1.c'.");
    }

    [Fact]
    public void A_section_may_be_asked_for_twice()
    {
        var file = Section("a: {b: 1, c: 2}");
        file.Section("a").Integer("b", 0, 0);
        file.Section("a").Integer("c", 0, 0);
        file.RejectUnknownKeys();
    }

    private static ConfigSection Section(string text) => new(ConfigReader.Parse(text, "x.yaml"));

    private static string Complaint(string text, Action<ConfigSection> read)
    {
        var file = Section(text);
        return Should.Throw<InputException>(() => read(file)).Message;
    }
}

using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tombola.Formats;

namespace Tombola.Tests.Formats;

public sealed class ConfigReaderTests : IDisposable
{
    private const string Valid =
        "name: x\ntraining:\n  steps: 2000 # of batches\n  rate: 1e-3\ncontrols:\n  - name: reinit\n    draws: 2\n"
        + "  - name: 'other'\nhidden: [300, 100]\nnote: |\n  two\n  lines\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nodes_know_where_they_were_written()
    {
        var root = ConfigReader.Parse(Valid, "x.yaml");
        var steps = root.Entries!["training"].Entries!["steps"];
        (steps.Scalar, steps.Source, steps.Line, steps.Column).ShouldBe(("2000", "x.yaml", 3, 10));
        (steps.Path, steps.Origin).ShouldBe(("training.steps", "x.yaml:3:10"));
        var draws = root.Entries["controls"].Items![0].Entries!["draws"];
        (draws.Path, draws.Origin, draws.KeyPlace.ToString())
            .ShouldBe(("controls.0.draws", "x.yaml:7:12", "x.yaml:7:5"));
        root.Path.ShouldBe("");
        root.Entries["note"].Scalar.ShouldBe("two\nlines\n");
    }

    [Fact]
    public void A_file_is_read_as_its_text_is()
    {
        var path = _folder.Write("x.yaml", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Valid)]);
        ConfigReader.ReadFile(path).Entries!["name"].Origin.ShouldBe($"{path}:1:7");
        ConfigReader.ReadFile(path).Entries!.Keys.ShouldBe(ConfigReader.Parse(Valid, "x").Entries!.Keys);
    }

    [Fact]
    public void What_is_written_in_quotes_is_read() =>
        Prop.ForAll<string, long>((text, number) =>
        {
            text = new string([.. (text ?? "").Where(c => !char.IsSurrogate(c) && !char.IsControl(c))]);
            var quoted = text.Replace("'", "''", StringComparison.Ordinal);
            var root = ConfigReader.Parse($"a: '{quoted}'\nb: {number}\n", "x");
            root.Entries!["a"].Scalar.ShouldBe(text);
            new ConfigSection(root).Integer("b", 0, long.MinValue).ShouldBe(number);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("",
        "x: there is nothing in it; expected a mapping of keys to values, for example 'name: my-experiment'.")]
    [InlineData("# only\n", "x: there is nothing in it; expected a mapping")]
    [InlineData("---\n", "x: there is nothing in it; expected a mapping")]
    [InlineData("[1]\n", "x:1:1: expected a mapping of keys to values, for example 'name: my-experiment'; got a list.")]
    [InlineData("word\n",
        "x:1:1: expected a mapping of keys to values, for example 'name: my-experiment'; got 'word'.")]
    [InlineData("a:\n  b: 1\n  b: 2\n", "x:3:3: the key 'a.b' is given twice.")]
    [InlineData("a: 1\n---\nb: 1\n", "x:2:1: expected one document, found another.")]
    [InlineData("a: &x 1\n", "x:1:4: anchors and aliases are not supported; write the value out.")]
    [InlineData("a: *x\n", "x:1:4: anchors and aliases are not supported; write the value out.")]
    [InlineData("&x a: 1\n", "x:1:1: anchors and aliases are not supported; write the value out.")]
    [InlineData("a: &x [*x]\n", "x:1:4: anchors and aliases are not supported; write the value out.")]
    [InlineData("a: !!int 1\n", "x:1:4: tags such as !!str are not supported; leave it out.")]
    [InlineData("a: !local {}\n", "x:1:4: tags such as !!str are not supported; leave it out.")]
    [InlineData("? [1]\n: 2\n", "x:1:3: expected a key, found a list or mapping.")]
    [InlineData("a:\n\tb: 1\n", "x:2:1: not valid YAML: While scanning a mapping, found invalid tab as indentation")]
    [InlineData("z: 1\na:\n  b: 2\n \tc: 1\n", "x:4:2: not valid YAML: ")]
    [InlineData("a: {b: 1\nc: 2\n",
        "x:1:6: not valid YAML: what follows here cannot be parsed. Check indentation, quotes")]
    [InlineData("!!'[", "not valid YAML: what follows here cannot be parsed")]
    [InlineData("a: [1, 2\n", "x:2:1: not valid YAML: ")]
    [InlineData("a: 'open\n", "not valid YAML: ")]
    [InlineData("a: 1\n b: 2\n", "x:2:3: not valid YAML: ")]
    [InlineData("a: \"\\q\"\n", "x:1:")]
    public void A_malformed_text_is_refused_with_its_place(string text, string message) =>
        Should.Throw<InputException>(() => ConfigReader.Parse(text, "x")).Message.ShouldContain(message);

    [Theory]
    [InlineData(31, true)]
    [InlineData(32, false)]
    [InlineData(200_000, false)]
    public void Depth_is_limited(int lists, bool valid)
    {
        var text = "a: " + new string('[', lists) + new string(']', lists);
        if (valid)
            ConfigReader.Parse(text, "x").Entries!.Count.ShouldBe(1);
        else
            Should.Throw<InputException>(() => ConfigReader.Parse(text, "x")).Message
                .ShouldBe("x:1:35: nested deeper than 32 levels.");
    }

    [Fact]
    public void Size_is_limited_before_reading()
    {
        var path = _folder["large"];
        using (var file = File.Create(path))
            file.SetLength((1 << 20) + 1);
        Should.Throw<InputException>(() => ConfigReader.ReadFile(path)).Message
            .ShouldBe($"{path}: larger than 1 MB, which no configuration is.");
        Should.Throw<InputException>(() => ConfigReader.Parse(new string('#', (1 << 20) + 1), "x")).Message
            .ShouldContain("1 MB");
    }

    [SkippableFact]
    public void A_device_without_end_is_not_read_without_end()
    {
        Skip.IfNot(File.Exists("/dev/zero"));
        Should.Throw<InputException>(() => ConfigReader.ReadFile("/dev/zero")).Message
            .ShouldContain("larger than 1 MB");
    }

    [Fact]
    public void Memory_is_bounded_by_a_small_multiple_of_the_text()
    {
        var children = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"  a{i}:\n"));
        var text = $"? {new string('k', 400_000)}\n:\n{children}";
        var before = GC.GetAllocatedBytesForCurrentThread();
        ConfigReader.Parse(text, "x").Entries!.Count.ShouldBe(1);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(300_000_000);
    }

    [Fact]
    public void Files_that_cannot_be_read_are_named()
    {
        Should.Throw<InputException>(() => ConfigReader.ReadFile(_folder["no.yaml"])).Message
            .ShouldBe($"{_folder["no.yaml"]}: there is no such file.");
        var latin = _folder.Write("latin", [(byte)'a', (byte)':', (byte)' ', 0xE9]);
        Should.Throw<InputException>(() => ConfigReader.ReadFile(latin)).Message.ShouldContain("UTF-8");
    }
}

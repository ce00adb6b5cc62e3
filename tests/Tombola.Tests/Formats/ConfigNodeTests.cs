using FsCheck;
using FsCheck.Fluent;
using Tombola.Formats;

namespace Tombola.Tests.Formats;

public sealed class ConfigNodeTests
{
    private readonly ConfigNode _root = ConfigReader.Parse(
        "seed: 5\ntraining:\n  steps: 1\nempty:\ncontrols:\n  - draws: 1\n  - draws: 2\n  -\n", "x.yaml");

    [Fact]
    public void A_value_replaces_that_of_the_file()
    {
        _root.Set("training.steps", "2000");
        var file = new ConfigSection(_root);
        file.Section("training").Integer("steps", 0, 0).ShouldBe(2000);
        var node = _root.Entries!["training"].Entries!["steps"];
        (node.Origin, node.Path, node.Line).ShouldBe(("--set training.steps", "training.steps", 0));
    }

    [Fact]
    public void Missing_mappings_are_created_and_empty_ones_filled()
    {
        _root.Set("data.options.name", "digits");
        _root.Set("empty.a.b", "1");
        _root.Set("controls.2.draws", "7");
        var file = new ConfigSection(_root);
        file.Section("data").Section("options").Text("name", null).ShouldBe("digits");
        file.Section("empty").Section("a").Integer("b", 0, 0).ShouldBe(1);
        file.Sections("controls").Select(control => control.Integer("draws", 0, 0)).ShouldBe([1, 2, 7]);
    }

    [Fact]
    public void A_value_is_YAML()
    {
        _root.Set("hidden", "[1, 2]");
        _root.Set("training", "{steps: 3, name: a b}");
        _root.Set("controls.1", "{draws: 9}");
        _root.Set("note", "");
        var file = new ConfigSection(_root);
        file.Integers("hidden", 1).ShouldBe([1, 2]);
        file.Section("training").Text("name", null).ShouldBe("a b");
        file.Sections("controls")[1].Integer("draws", 0, 0).ShouldBe(9);
        _root.Entries!["controls"].Items![1].Entries!["draws"].Path.ShouldBe("controls.1.draws");
        file.Text("note", "x").ShouldBe("");
    }

    [Fact]
    public void The_last_setting_counts()
    {
        _root.Set("seed", "6");
        _root.Set("seed", "7");
        new ConfigSection(_root).Integer("seed", 0, 0).ShouldBe(7);
    }

    [Theory]
    [InlineData("", "1", "--set : expected up to 32 names with dots between: training.steps.")]
    [InlineData("a..b", "1", "--set a..b: expected up to 32 names with dots between: training.steps.")]
    [InlineData(".a", "1", "--set .a: expected up to 32 names with dots between: training.steps.")]
    [InlineData("seed.x", "1", "--set seed.x: 'seed' holds '5'; nothing can be set below it.")]
    [InlineData("training.steps.x.y", "1",
        "--set training.steps.x.y: 'training.steps' holds '1'; nothing can be set below it.")]
    [InlineData("controls.3.draws", "1", "--set controls.3.draws: 'controls' is a list of 3, from 0; got '3'.")]
    [InlineData("controls.-1", "1", "--set controls.-1: 'controls' is a list of 3, from 0; got '-1'.")]
    [InlineData("controls.first", "1", "--set controls.first: 'controls' is a list of 3, from 0; got 'first'.")]
    [InlineData("a", "*x", "--set a: anchors and aliases are not supported; write the value out.")]
    [InlineData("a", "x: &b {}", "--set a: anchors and aliases are not supported; write the value out.")]
    [InlineData("a", "1\n---\n2", "--set a: expected one document, found another.")]
    public void A_setting_that_cannot_be_made_is_refused(string key, string value, string message) =>
        Should.Throw<InputException>(() => _root.Set(key, value)).Message.ShouldBe(message);

    [Theory]
    [InlineData("[1, 2")]
    [InlineData("a: b: c")]
    [InlineData("'open")]
    public void A_malformed_value_is_refused(string value) =>
        Should.Throw<InputException>(() => _root.Set("a.b", value)).Message
            .ShouldStartWith("--set a.b: not valid YAML: ");

    [Fact]
    public void A_complaint_about_a_set_value_names_the_setting()
    {
        _root.Set("training.steps", "many");
        Should.Throw<InputException>(() => new ConfigSection(_root).Section("training").Integer("steps", 1, 1)).Message
            .ShouldBe("--set training.steps: training.steps: expected a whole number of at least 1, got 'many'.");
    }

    [Fact]
    public void Settings_are_made_or_refused_and_nothing_else() =>
        Prop.ForAll<string, string>((key, value) =>
        {
            try
            {
                _root.Set(key ?? "", value ?? "");
            }
            catch (InputException complaint)
            {
                complaint.Message.ShouldStartWith("--set ");
                complaint.Message.Any(char.IsControl).ShouldBeFalse();
            }
        }).QuickCheckThrowOnFailure();
}

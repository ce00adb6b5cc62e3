using System.Text.Json;

namespace Tombola.EndToEnd;

/// <summary>The commands that need no run.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("experiments", "lenet-mnist")]
    [InlineData("models", "lenet-300-100")]
    [InlineData("datasets", "fashion-mnist")]
    [InlineData("augmentations", "flip-crop")]
    [InlineData("criteria", "magnitude")]
    [InlineData("controls", "random-reinit")]
    [InlineData("analyses", "mask-overlap")]
    public void Lists_what_there_is(string what, string expected)
    {
        Cli.Run(_shop.Folder, "list", what).Output.ShouldContain(expected);
        using var json = JsonDocument.Parse(Cli.Run(_shop.Folder, "list", what, "--json").Output);
        json.RootElement.EnumerateArray().Select(row => row.GetProperty("name").GetString()).ShouldContain(expected);
    }

    [Fact]
    public void Models_tell_their_size_dense_and_at_a_level()
    {
        Cli.Run(_shop.Folder, "list", "models", "--level", "7").Output.ShouldContain("left at level 7");
        using var json = JsonDocument.Parse(
            Cli.Run(_shop.Folder, "list", "models", "--level", "7", "--json").Output);
        var lenet = json.RootElement.EnumerateArray()
            .Single(row => row.GetProperty("name").GetString() == "lenet-300-100");
        lenet.GetProperty("multiply_adds").GetInt64().ShouldBe(266_200);
        lenet.GetProperty("at_level").GetProperty("weights_remaining").GetInt64().ShouldBe(56_094);
    }

    [Fact]
    public void Completes_presets_and_commands()
    {
        Cli.Run(_shop.Folder, "[suggest:12]", "tombola run ").Output.ShouldContain("quickstart");
        Cli.Run(_shop.Folder, "[suggest:10]", "tombola li").Output.ShouldContain("list");
        Cli.Run(_shop.Folder, "[suggest:13]", "tombola list ").Output.ShouldContain("controls");
        foreach (var shell in new[] { "bash", "zsh", "fish", "pwsh" })
            Cli.Run(_shop.Folder, "completion", shell).Output.ShouldContain("suggest");
    }

    [Fact]
    public void Completes_the_keys_of_a_description()
    {
        var suggested = Cli.Run(_shop.Folder, "[suggest:36]", "tombola run quickstart --set training").Output;
        suggested.Split('\n').ShouldContain("training.steps=");
        suggested.Split('\n').ShouldContain("training.optimizer.learning-rate=");
        suggested.ShouldNotContain("levels");
    }

    [Fact]
    public void The_script_for_bash_completes()
    {
        File.WriteAllText(_shop.Path("completion.bash"), Cli.Run(_shop.Folder, "completion", "bash").Output);
        var script = $$"""
            tombola() { dotnet '{{Cli.Path}}' "$@"; }
            source completion.bash
            COMP_LINE='tombola run quick' COMP_POINT=17 COMP_WORDS=(tombola run quick) COMP_CWORD=2
            _tombola; echo "${COMPREPLY[@]}"
            """;
        Cli.Start("bash", _shop.Folder, "-c", script).Output.Trim().ShouldBe("quickstart");
    }

    [Fact]
    public void Without_arguments_it_shows_its_help()
    {
        var result = Cli.Run(_shop.Folder);
        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain("completion");
    }

    [Fact]
    public void Times_one_configuration()
    {
        var result = Cli.Run(_shop.Folder, "bench", "train", "--density", "0.036", "--seconds", "0.2", "--json");
        result.ExitCode.ShouldBe(0, result.Error);
        using var json = JsonDocument.Parse(result.Output);
        var row = json.RootElement[0];
        row.GetProperty("model").GetString().ShouldBe("lenet-300-100");
        row.GetProperty("ms_per_step").GetDouble().ShouldBeGreaterThan(0);
        row.GetProperty("peak_fraction").GetDouble().ShouldBeInRange(0, 1);
        row.GetProperty("flops_per_step").GetDouble().ShouldBeGreaterThan(0);
        row.GetProperty("threads").GetInt32().ShouldBe(1);
    }

    [Fact]
    public void Lists_and_verifies_data_sets()
    {
        Cli.Run(_shop.Folder, "data", "list").Output.ShouldContain("digits");
        Cli.Run(_shop.Folder, "data", "verify", "digits").ExitCode.ShouldBe(0);
        Cli.Run(_shop.Folder, "data", "verify", "kmnist").ExitCode.ShouldBe(2);
    }

    [Fact]
    public void Says_its_version_and_its_help()
    {
        Cli.Run(_shop.Folder, "--version").Output.ShouldStartWith("0.1.0");
        Cli.Run(_shop.Folder, "run", "--help").Output.ShouldContain("--dry-run");
    }
}

using System.Text.Json;

namespace Tombola.EndToEnd;

/// <summary>Runs small experiments on XOR through the built command.</summary>
public sealed class XorTests : IDisposable
{
    private static readonly string[] Small =
        ["run", "xor-pruning", "--trials", "30", "--set", "training.steps=500", "--set", "hidden=[5]"];

    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void A_run_shows_its_rates_beside_the_published_ones_and_leaves_its_files()
    {
        var result = Cli.Run(_shop.Folder, "run", "xor", "--trials", "20", "--set", "training.steps=500");
        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldContain("98.5 %");
        result.Output.ShouldContain("20 networks a row, seed 1");
        result.Error.ShouldContain("[5/5]");
        var folder = Directory.EnumerateDirectories(_shop.Path("tombola-runs"), "xor-*").Single();
        var rows = File.ReadAllLines(Path.Combine(folder, "results.csv"));
        rows.Length.ShouldBe(6);
        rows[0].ShouldStartWith("experiment,strategy,hidden,units,trials,decision_boundary,");
        rows[1].ShouldStartWith("xor,unpruned,10,10,20,");
        using var description = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "experiment.json")));
        description.RootElement.GetProperty("kind").GetString().ShouldBe("xor");
        Directory.GetDirectories(Path.Combine(folder, "stages")).Length.ShouldBe(5);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_whatever_the_jobs_and_threads()
    {
        var one = Cli.Run(_shop.Folder, [.. Small, "--jobs", "1", "--json", "--quiet", "--out", "one"]);
        var two = Cli.Run(
            _shop.Folder, [.. Small, "--jobs", "2", "--threads", "2", "--json", "--quiet", "--out", "two"]);
        one.ExitCode.ShouldBe(0, one.Error);
        one.Error.ShouldBeEmpty();
        two.Output.ShouldBe(one.Output);
        Cli.Run(_shop.Folder, [.. Small, "--seed", "2", "--json", "--quiet", "--out", "two"])
            .Output.ShouldNotBe(one.Output);
    }

    [Fact]
    public void A_second_run_reuses_the_first_and_show_and_list_know_it()
    {
        var first = Cli.Run(_shop.Folder, Small);
        first.ExitCode.ShouldBe(0, first.Error);
        Cli.Run(_shop.Folder, Small).Error.ShouldContain("already there");
        Cli.Run(_shop.Folder, "show", "xor-pruning").Output.ShouldBe(first.Output);
        using var json = JsonDocument.Parse(Cli.Run(_shop.Folder, "show", "xor-pruning", "--json").Output);
        json.RootElement.GetProperty("rows").GetArrayLength().ShouldBe(12);
        Cli.Run(_shop.Folder, "list", "runs").Output.ShouldContain("iterative-product, 5 to 2 units");
        Cli.Run(_shop.Folder, "list", "experiments").Output.ShouldContain("xor-pruning");
    }

    [Fact]
    public void A_dry_run_computes_nothing()
    {
        var result = Cli.Run(_shop.Folder, "run", "xor-pruning", "--dry-run");
        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldContain("27 populations of 1,000 networks, 0 already there;");
        using var json = JsonDocument.Parse(Cli.Run(_shop.Folder, "run", "xor", "--dry-run", "--json").Output);
        json.RootElement.GetProperty("trainings").GetInt32().ShouldBe(5);
        Directory.Exists(_shop.Path("tombola-runs")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--set levels: unknown key 'levels'", "run", "xor", "--levels", "3")]
    [InlineData("unknown key 'training.step'. Did you mean 'steps'", "run", "xor", "--set", "training.step=5")]
    [InlineData("hidden.0: expected a whole number of at least 1", "run", "xor", "--set", "hidden=[0]")]
    [InlineData("pruning.to: expected fewer units", "run", "xor-pruning", "--set", "pruning.to=[10]")]
    [InlineData("kind: expected one of tickets, xor, got 'xr'", "run", "xor", "--set", "kind=xr")]
    [InlineData("no levels", "show", "xor", "--level", "1")]
    public void Says_what_is_wrong(string expected, params string[] arguments)
    {
        if (arguments[0] == "show")
            Cli.Run(_shop.Folder, "run", "xor", "--trials", "1", "--set", "training.steps=1").ExitCode.ShouldBe(0);
        var result = Cli.Run(_shop.Folder, arguments);
        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem().ShouldContain(expected);
    }

    [Fact]
    public void Completes_the_keys_of_its_descriptions()
    {
        var suggested = Cli.Run(_shop.Folder, "[suggest:29]", "tombola run xor --set scoring.").Output;
        suggested.Split('\n').ShouldContain("scoring.zero-loss=");
    }
}

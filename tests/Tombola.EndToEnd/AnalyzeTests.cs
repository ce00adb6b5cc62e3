using System.Text.Json;

namespace Tombola.EndToEnd;

/// <summary>Analyses a small run through the built command.</summary>
public sealed class AnalyzeTests : IDisposable
{
    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void Computes_all_analyses_of_a_run_into_its_folder()
    {
        Cli.Run(_shop.Folder, "run", "small.yaml", "--quiet").ExitCode.ShouldBe(0);
        var result = Cli.Run(_shop.Folder, "analyze", "small", "all");
        result.ExitCode.ShouldBe(0, result.Error);
        result.Error.ShouldBeEmpty();
        var folder = Path.Combine(_shop.RunFolder(), "analysis");
        result.Output.ShouldContain(folder);
        string[] expected =
        [
            "connectivity", "connectivity-distribution", "connectivity-pixels", "connectivity-units", "distance-moved",
            "distance-moved-histogram", "ensemble", "generalisation-gap", "initial-values", "initial-values-histogram",
            "mask-overlap", "mask-overlap-pairs", "stability", "stability-trials",
        ];
        Directory.GetFiles(folder, "*.csv").Select(Path.GetFileNameWithoutExtension)
            .ShouldBe(expected, ignoreOrder: true);
        expected.ShouldAllBe(table => File.ReadLines(Path.Combine(folder, table + ".csv")).Count() > 1);
        File.ReadLines(Path.Combine(folder, "connectivity-pixels.csv")).Count().ShouldBe(1 + (2 * 28 * 28));
        foreach (var figure in new[] { "connectivity-pixels", "distance-moved", "ensemble", "stability-angle" })
        {
            using var specification = JsonDocument.Parse(
                File.ReadAllText(Path.Combine(folder, figure + ".vl.json")));
            specification.RootElement.GetProperty("$schema").GetString()!.ShouldContain("vega-lite");
        }
    }

    [Fact]
    public void Writes_rows_as_JSON_with_the_names_of_the_columns_and_files_where_they_are_wanted()
    {
        Cli.Run(_shop.Folder, "run", "small.yaml", "--quiet").ExitCode.ShouldBe(0);
        var result = Cli.Run(_shop.Folder, "analyze", "small", "mask-overlap", "--json", "--out", "tables");
        result.ExitCode.ShouldBe(0, result.Error);
        using var json = JsonDocument.Parse(result.Output);
        var pairs = json.RootElement.GetProperty("mask-overlap").GetProperty("mask-overlap-pairs");
        var lines = File.ReadAllLines(_shop.Path("tables", "mask-overlap-pairs.csv"));
        pairs.GetArrayLength().ShouldBe(lines.Length - 1);
        pairs[0].EnumerateObject().Select(field => field.Name).ShouldBe(lines[0].Split(','));
        pairs[0].GetProperty("between").GetString().ShouldBe("trials");
        Directory.Exists(Path.Combine(_shop.RunFolder(), "analysis")).ShouldBeFalse();
    }

    [Fact]
    public void Holds_runs_against_each_other()
    {
        Cli.Run(_shop.Folder, "run", "small.yaml", "--quiet", "--trials", "1").ExitCode.ShouldBe(0);
        var first = _shop.RunFolder();
        Cli.Run(_shop.Folder, "run", "small.yaml", "--quiet", "--trials", "1", "--set", "pruning.criterion=random")
            .ExitCode.ShouldBe(0);
        var second = Directory.EnumerateDirectories(_shop.Path("tombola-runs"), "small-*").Single(run => run != first);
        var result = Cli.Run(_shop.Folder, "analyze", first, "mask-overlap", "--with", Path.GetFileName(second));
        result.ExitCode.ShouldBe(0, result.Error);
        File.ReadLines(Path.Combine(first, "analysis", "mask-overlap-pairs.csv")).Skip(1)
            .ShouldAllBe(row => row.StartsWith("methods,", StringComparison.Ordinal));
    }

    [Fact]
    public void Compares_with_twins_and_random_masks_in_every_variant()
    {
        File.AppendAllText(_shop.Path("small.yaml"), """

              - { name: ticket, other-order: true }
              - { name: random-mask }
              - { name: random-mask, other-order: true }
            variants:
              - { name: slow, set: { pruning.fully-connected-rate: 0.1 } }
              - { name: fast, set: { pruning.fully-connected-rate: 0.5 } }
            """);
        var run = Cli.Run(_shop.Folder, "run", "small.yaml", "--quiet", "--trials", "1", "--levels", "1");
        run.ExitCode.ShouldBe(0, run.Error);
        var result = Cli.Run(_shop.Folder, "analyze", "small", "all");
        result.ExitCode.ShouldBe(0, result.Error);
        result.Error.ShouldBeEmpty();
        var folder = Path.Combine(_shop.RunFolder(), "analysis");
        Column("stability", 0, 3).Where(row => row.StartsWith("small/slow", StringComparison.Ordinal)).ShouldBe(
            [
                "small/slow,pruning,winning-ticket", "small/slow,data-order,ticket-other-order",
                "small/slow,pruning,random-mask", "small/slow,data-order,random-mask-other-order",
            ]);
        Column("mask-overlap-pairs", 0, 1).ShouldBe(["branches", "methods"], ignoreOrder: true);
        Column("ensemble", 0, 1).ShouldBe(["small/slow", "small/fast"]);
        Column("connectivity", 1, 1).ShouldBe(["winning-ticket", "random-mask"], "one mask in two orders is one");

        IEnumerable<string> Column(string table, int from, int count) =>
            File.ReadLines(Path.Combine(folder, table + ".csv")).Skip(1)
                .Select(row => string.Join(',', row.Split(',').Skip(from).Take(count))).Distinct();
    }

    [Fact]
    public void Without_a_name_it_lists_the_analyses()
    {
        Cli.Run(_shop.Folder, "run", "small.yaml", "--quiet").ExitCode.ShouldBe(0);
        Cli.Run(_shop.Folder, "analyze", "small").Output.ShouldContain("initial-values");
        Cli.Run(_shop.Folder, "[suggest:22]", "tombola analyze small ").Output.ShouldContain("stability");
    }

    [Fact]
    public void What_cannot_be_computed_says_what_to_do()
    {
        Cli.Run(_shop.Folder, "run", "small.yaml", "--quiet", "--trials", "1").ExitCode.ShouldBe(0);
        ShouldRefuse(Cli.Run(_shop.Folder, "analyze", "small", "mask-overlp"), "Did you mean 'mask-overlap'?");
        ShouldRefuse(Cli.Run(_shop.Folder, "analyze", "small", "mask-overlap"), "--trials 2 or more");
        ShouldRefuse(Cli.Run(_shop.Folder, "analyze", "other", "stability"), "Unknown run 'other'");
        ShouldRefuse(Cli.Run(_shop.Folder, "analyze"), "'tombola analyze' needs <run>");
        ShouldRefuse(Cli.Run(_shop.Folder, "analyze", "small", "stability", "--out", ""), "--out: expected some text");
        var all = Cli.Run(_shop.Folder, "analyze", "small", "all");
        all.ExitCode.ShouldBe(0);
        all.Error.ShouldContain("mask-overlap is left out: ");
        all.Output.ShouldContain("stability.csv");
        Directory.Delete(_shop.Path("data"), recursive: true);
        ShouldRefuse(Cli.Run(_shop.Folder, "analyze", "small", "ensemble"), "data set");
    }

    private static void ShouldRefuse(ProcessResult result, string expected)
    {
        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.ShouldContain(expected);
        result.Error.Trim().Split('\n').Length.ShouldBe(1);
    }
}

using System.Text.Json.Nodes;
using Tombola.Reports;
using Tombola.Tests.Tickets;
using Tombola.Tickets;

namespace Tombola.Tests.Reports;

/// <summary>Figures and page of a small real run.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly TicketBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_figure_holds_mean_least_and_greatest_of_every_branch_and_level()
    {
        var run = _bench.Prepare().Execute();
        var figure = FigureOf(run, "early-stop-accuracy");
        var rows = figure.Specification["data"]!["values"]!.AsArray().Select(row => row!.AsObject()).ToArray();
        rows.Count(row => (string?)row["kind"] == "measured").ShouldBe(3 + 2, "three levels, two of the control");
        rows.Count(row => (string?)row["kind"] == "dense").ShouldBe(1);
        var expected = run.Results.Where(row => row is { Branch: "winning-ticket", Level: 2 })
            .Select(row => row.Training!.EarlyStop!.TestAccuracy).ToArray();
        var level = rows.Single(row =>
            (string?)row["series"] == "winning ticket" && (int?)row["level"] == 2
            && (string?)row["kind"] == "measured");
        ((double)level["mean"]!).ShouldBe(expected.Average(), 1e-12);
        ((double)level["min"]!, (double)level["max"]!, (int)level["trials"]!)
            .ShouldBe((expected.Min(), expected.Max(), 2));
        figure.Data.Split('\n').Length.ShouldBe(1 + 6 + 1, "a header, a row a mark, and the end of the last line");
    }

    [Fact]
    public void Learning_curves_show_the_papers_levels_that_there_are()
    {
        var figure = FigureOf(_bench.Prepare().Execute(), "learning-curves");
        var rows = figure.Specification["data"]!["values"]!.AsArray();
        int[] levels = [.. rows.Select(row => (int)row!["level"]!).Distinct().Order()];
        levels.ShouldBe([0, 2], "100 % and the nearest to 51.3 %");
        long[] steps = [.. rows.Select(row => (long)row!["step"]!).Distinct().Order()];
        steps.ShouldBe([0, 20, 40]);
    }

    [Fact]
    public void Published_values_stand_relative_to_the_measured_dense_network()
    {
        var run = _bench.Prepare(_bench.Experiment with { Name = "lenet-mnist", Levels = 7 }).Execute();
        var rows = FigureOf(run, "early-stop-step").Specification["data"]!["values"]!.AsArray();
        var dense = (double)rows.Single(row => (string?)row!["kind"] == "dense")!["mean"]!;
        var published = rows.Where(row => (string?)row!["kind"] == "published").ToArray();
        published.Select(row => (double)row!["mean"]!).ShouldBe([0.62 * dense, 0.62 * 2.51 * dense], 1e-9);
        published.ShouldAllBe(row => ((string)row!["note"]!).Contains("Frankle and Carbin 2019"));
        FigureOf(_bench.Prepare().Execute(), "early-stop-step").Specification.ToJsonString()
            .ShouldNotContain("published'", Case.Sensitive, "another experiment has no published values");
    }

    [Fact]
    public void A_study_draws_one_line_a_variant_and_several_runs_one_a_run()
    {
        var small = _bench.Experiment with { Trials = 1, Levels = 1, Controls = [] };
        var study = StudyRun.Prepare(
            new TicketStudy("study", "", [small with { Variant = "a" }, small with { Variant = "b", Levels = 2 }]),
            _bench.Settings());
        study.Execute();
        SeriesOf(RunFigures.Draw([study.Folder])).ShouldBe(["a", "b"]);
        var other = _bench.Prepare().Execute();
        var (first, second) = (Path.GetFileName(other.Folder), Path.GetFileName(study.Folder));
        SeriesOf(RunFigures.Draw([other.Folder, study.Folder]))
            .ShouldBe([first, second + " a", second + " b"]);
    }

    [Fact]
    public void The_page_names_verdicts_escapes_text_and_asks_the_network_for_nothing()
    {
        var run = _bench.Prepare(_bench.Experiment with { Description = "<b>&\"" }).Execute();
        var page = _bench["report.html"];
        var files = Report.Write([run.Folder], page, "tombola report <x>");
        files[0].ShouldBe(page);
        files.ShouldContain(Path.Combine(run.Folder, "figures", "early-stop-step.vl.json"));
        var html = File.ReadAllText(page);
        html.ShouldContain("&lt;b&gt;&amp;&quot;");
        html.ShouldContain("tombola report &lt;x&gt;");
        html.ShouldNotContain("<b>&\"");
        html.ShouldContain("Content-Security-Policy");
        html.ShouldContain("default-src 'none'");
        html.ShouldNotContain("src=\"http");
        html.ShouldNotContain("href=\"http");
        html.Split("<figure").Length.ShouldBe(1 + 6);
        foreach (var file in files.Where(file => file.EndsWith(".vl.json", StringComparison.Ordinal)))
            JsonNode.Parse(File.ReadAllText(file))!["$schema"]!.ToString().ShouldContain("vega-lite");
    }

    private static Figure FigureOf(TicketRun run, string name) =>
        RunFigures.Draw([run.Folder]).Single(figure => figure.Name == name);

    private static IEnumerable<string> SeriesOf(IReadOnlyList<Figure> figures) =>
        figures.Single(figure => figure.Name == "early-stop-accuracy").Specification["data"]!["values"]!.AsArray()
            .Select(row => (string)row!["series"]!).Distinct();
}

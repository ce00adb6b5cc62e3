using System.Text.Json.Nodes;
using Tombola.Analysis;
using Tombola.Reports;
using Tombola.Tests.Tickets;
using Tombola.Tickets;

namespace Tombola.Tests.Reports;

/// <summary>Figures of the analyses of a small real run.</summary>
public sealed class AnalysisFiguresTests : IDisposable
{
    private readonly TicketBench _bench = new();
    private readonly AnalysisInput _input;

    public AnalysisFiguresTests()
    {
        var experiment = _bench.Experiment with
        {
            Controls =
            [
                new ControlOptions { Name = "random-mask" },
                new ControlOptions { Name = "ticket", OtherOrder = true },
            ],
        };
        _input = new AnalysisInput(AnalysedRun.Open(_bench.Prepare(experiment).Execute().Folder));
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Every_analysis_has_figures_with_names_of_their_own_and_data_inside()
    {
        var figures = AnalysisRegistry.All.SelectMany(row => Draw(row.Name)).ToArray();
        figures.Select(figure => figure.Name).ShouldBeUnique();
        foreach (var (name, _) in AnalysisRegistry.All)
            Draw(name).ShouldNotBeEmpty(name);
        foreach (var figure in figures)
        {
            ((string)figure.Specification["$schema"]!).ShouldContain("vega-lite");
            var rows = RowsOf(figure);
            rows.Length.ShouldBeGreaterThan(0, figure.Name);
            figure.Data.Split('\n').Length.ShouldBe(rows.Length + 2, "a header, and the end of the last line");
            figure.Specification.ToJsonString().ShouldNotContain("NaN");
        }
    }

    [Fact]
    public void Stability_draws_every_branch_with_its_least_and_greatest_trial()
    {
        var rows = RowsOf(Draw(Stability.Name).Single(figure => figure.Name == "stability-angle"));
        rows.Select(row => ((string)row["series"]!, (string)row["style"]!, (int)row["level"]!)).ShouldBe(
            [
                ("winning ticket", "to pruning", 1), ("winning ticket", "to pruning", 2),
                ("random-mask", "to pruning", 1), ("random-mask", "to pruning", 2),
                ("ticket-other-order", "to data order", 1), ("ticket-other-order", "to data order", 2),
            ],
            ignoreOrder: true);
        var expected = AnalysisRegistry.Get(Stability.Name).Run(_input, default)[0].RowsOf<StabilityStatistics>()
            .Single(row => row is { Branch: "random-mask", Level: 2, Layer: "all" });
        var mark = rows.Single(row => (string?)row["series"] == "random-mask" && (int)row["level"]! == 2);
        ((double)mark["value"]!, (double)mark["min"]!, (double)mark["max"]!).ShouldBe(
            (expected.Angle!.Value, expected.AngleMin!.Value, expected.AngleMax!.Value));
        ((double)mark["percent"]!).ShouldBe(100 * expected.Density);
    }

    [Fact]
    public void Distributions_hold_nearly_all_of_each_group()
    {
        var figure = Draw(InitialValues.Name).Single(figure => figure.Name == "initial-values-fc1");
        var groups = RowsOf(figure).GroupBy(row => (string)row["series"]!).ToArray();
        groups.Select(group => group.Key).ShouldBe(["100.0 %", "65.0 %"], "the levels nearest to 100 % and 51.3 %");
        foreach (var group in groups)
        {
            var middles = group.Select(row => (double)row["middle"]!).ToArray();
            var area = group.Sum(row => (double)row["height"]!) * (middles[1] - middles[0]);
            area.ShouldBeInRange(0.99, 1 + 1e-9);
        }
    }

    [Fact]
    public void Pixels_lie_side_by_side_in_pictures_that_keep_their_shape()
    {
        var figure = Draw(Connectivity.Name)[0];
        figure.Name.ShouldBe("connectivity-pixels");
        var rows = RowsOf(figure);
        var pictures = rows.GroupBy(row => (string)row["weights"]!).ToArray();
        pictures.Length.ShouldBe(2);
        pictures.ShouldAllBe(picture => picture.Count() == 64);
        pictures[1].Min(row => (double)row["left"]!).ShouldBeGreaterThan(pictures[0].Max(row => (double)row["right"]!));
        foreach (var picture in pictures)
            picture.Average(row => (double)row["relative"]!).ShouldBe(1, 1e-9);
        ((double)figure.Specification["usermeta"]!["aspect"]!).ShouldBeInRange(1.2, 2);
    }

    [Fact]
    public void Variants_get_figures_of_their_own()
    {
        var small = _bench.Experiment with { Trials = 1, Levels = 1, Controls = [] };
        var study = StudyRun.Prepare(
            new TicketStudy("study", "", [small with { Variant = "a" }, small with { Variant = "b" }]),
            _bench.Settings("other"));
        study.Execute();
        var input = new AnalysisInput(AnalysedRun.Open(study.Folder));
        var tables = AnalysisRegistry.Get(Ensemble.Name).Run(input, default);
        AnalysisFigures.Draw(Ensemble.Name, tables).Select(figure => (figure.Name, figure.Title)).ShouldBe(
            [("ensemble-a", "Several tickets voting, a"), ("ensemble-b", "Several tickets voting, b")]);
        var overlap = AnalysisRegistry.Get(MaskOverlap.Name).Run(input, default);
        AnalysisFigures.Draw(MaskOverlap.Name, overlap).Single().Title.ShouldBe(
            "Overlap of masks between methods: a and b");
    }

    [Fact]
    public void An_analysis_without_figures_has_none() =>
        AnalysisFigures.Draw("of-ones-own", []).ShouldBeEmpty();

    private IReadOnlyList<Figure> Draw(string analysis) =>
        AnalysisFigures.Draw(analysis, AnalysisRegistry.Get(analysis).Run(_input, default));

    private static JsonObject[] RowsOf(Figure figure) =>
        [.. figure.Specification["data"]!["values"]!.AsArray().Select(row => row!.AsObject())];
}

using System.Text.Json.Nodes;
using Tombola.Analysis;

namespace Tombola.Reports.Analyses;

/// <summary>Accuracy of several tickets voting against what they cost.</summary>
internal static class EnsembleFigures
{
    private const string Format = ".2%";

    private static readonly FigureHeading Heading = new(
        "ensemble", "Several tickets voting",
        "Test accuracy of votes by mean probability against their cost in multiply-adds, where one dense network costs "
        + "1; each line is a number of tickets, each mark on it a level. Bars run from the least to the greatest group "
        + "of trials. Dotted: one dense network.");

    /// <summary>Draws one figure an experiment.</summary>
    internal static IEnumerable<Figure> Draw(IReadOnlyList<AnalysisTable> tables) =>
        tables[0].RowsOf<EnsembleRow>().GroupBy(row => row.Experiment).Select(experiment =>
        {
            var layers = new List<JsonNode> { Bars(), Line(), Points() };
            if (experiment.First().Dense is { } dense)
                layers.Insert(0, Dense(dense));
            return RecordFigure.Create(Heading.Of(experiment.Key), [.. experiment.Select(MarkOf)], [.. layers]);
        });

    private static EnsembleMark MarkOf(EnsembleRow row) => new(
        row.Tickets == 1 ? "1 ticket" : FormattableString.Invariant($"{row.Tickets} tickets"), row.Level,
        100 * row.Density, row.RelativeCost, row.MeanProbability, row.MeanProbabilityMin, row.MeanProbabilityMax,
        row.Majority);

    private static JsonObject X() => VegaLite.Quantity(
        "cost", "cost in multiply-adds (one dense network: 1)", "~r",
        new JsonObject { ["type"] = "log", ["nice"] = false });

    private static JsonObject Y(string field) => VegaLite.Quantity(
        field, "test accuracy", Format, new JsonObject { ["zero"] = false, ["nice"] = true });

    private static JsonObject Dense(double accuracy) => VegaLite.Layer(
        new JsonObject { ["type"] = "rule", ["strokeDash"] = new JsonArray(2, 3), ["opacity"] = 0.6 },
        new JsonObject { ["y"] = new JsonObject { ["datum"] = accuracy } });

    private static JsonObject Bars() => VegaLite.Layer(
        new JsonObject { ["type"] = "rule", ["opacity"] = 0.45 },
        new JsonObject
        {
            ["x"] = X(), ["y"] = Y("min"), ["y2"] = new JsonObject { ["field"] = "max" },
            ["color"] = VegaLite.Series("tickets"),
        });

    private static JsonObject Line() => VegaLite.Layer(
        new JsonObject { ["type"] = "line", ["strokeWidth"] = 2 },
        new JsonObject { ["x"] = X(), ["y"] = Y("accuracy"), ["color"] = VegaLite.Series("tickets") });

    private static JsonObject Points() => VegaLite.Layer(
        new JsonObject { ["type"] = "point", ["filled"] = true, ["size"] = 42, ["opacity"] = 1 },
        new JsonObject
        {
            ["x"] = X(), ["y"] = Y("accuracy"), ["color"] = VegaLite.Series("tickets"),
            ["tooltip"] = new JsonArray(
                VegaLite.Hint("tickets", "vote of"), VegaLite.Hint("level", "level", "d"),
                VegaLite.Hint("percent", "weights each (%)", ".1f"), VegaLite.Hint("cost", "cost", ".3f"),
                VegaLite.Hint("accuracy", "mean probability", Format), VegaLite.Hint("majority", "majority", Format)),
        });
}

/// <summary>A vote of k tickets at a level.</summary>
/// <param name="Tickets">How many vote, in words.</param>
/// <param name="Level">Rounds of pruning.</param>
/// <param name="Percent">Weights remaining in each, a percentage as figures show it.</param>
/// <param name="Cost">Multiply-adds over those of one dense network.</param>
/// <param name="Accuracy">By the mean of probabilities, mean over groups of trials.</param>
/// <param name="Min">The least of any group.</param>
/// <param name="Max">The greatest of any group.</param>
/// <param name="Majority">By majority, mean over groups.</param>
internal sealed record EnsembleMark(
    string Tickets, int Level, double Percent, double Cost, double Accuracy, double Min, double Max, double Majority);

using System.Globalization;
using System.Text.Json.Nodes;
using Tombola.Reports.Published;

namespace Tombola.Reports.Figures;

/// <summary>A quantity against the percentage of weights remaining: figures 1, 4 and 5 of the paper.</summary>
internal static class LevelFigure
{
    private const string Bars = "Bars run from the least to the greatest trial";

    internal static readonly LevelQuantity EarlyStopAccuracy = new(
        "early-stop-accuracy", "Test accuracy at early stop", "test accuracy at early stop", ".2%",
        $"Accuracy at the step of least validation loss. {Bars}; the dashed line is the dense network.",
        row => row.EarlyStopTest);

    internal static readonly LevelQuantity EarlyStopStep = new(
        "early-stop-step", "Early-stop step", "early-stop step", "~s",
        $"How soon the validation loss is least: lower learns faster. {Bars}; the dashed line is the dense network.",
        row => row.EarlyStopStep);

    internal static readonly LevelQuantity FinalAccuracy = new(
        "final-accuracy", "Test accuracy at the end", "test accuracy at the end", ".2%",
        $"Accuracy after all steps. {Bars}; the dashed line is the dense network.", row => row.FinalTest);

    internal static readonly LevelQuantity FinalTrainAccuracy = new(
        "final-train-accuracy", "Training accuracy at the end", "training accuracy at the end", ".2%",
        $"How much of the training set is classified correctly after all steps. {Bars}.", row => row.FinalTrain);

    internal static readonly LevelQuantity GeneralisationGap = new(
        "generalisation-gap", "Generalisation gap", "training minus test accuracy", ".2%",
        $"Training accuracy less test accuracy after all steps. {Bars}.", row => row.FinalTrain - row.FinalTest);

    /// <summary>Draws a quantity.</summary>
    /// <param name="runs">One or more.</param>
    /// <param name="quantity">What to draw.</param>
    /// <param name="choice">What to show beside the means.</param>
    /// <returns>Null where there is but one level, and so nothing to draw.</returns>
    internal static Figure? Create(IReadOnlyList<ReportRun> runs, LevelQuantity quantity, FigureChoice choice)
    {
        var measured = SeriesPoint.Of(runs, quantity.Select);
        if (measured.Select(point => point.Level).Distinct().Count() < 2)
            return null;
        SeriesPoint[] dense =
        [
            .. measured.Where(point => point.Level == 0)
                .Select(point => point with { Kind = "dense", Series = point.Series }),
        ];
        var published = runs.Count == 1 ? PublishedValues.For(runs[0], quantity.Name, measured) : [];
        SeriesPoint[] trials = choice.Trials ? [.. SeriesPoint.OfTrials(runs, quantity.Select)] : [];
        SeriesPoint[] points = [.. measured, .. dense, .. trials, .. published];
        var layers = new List<JsonNode> { DenseLine(quantity), Line(quantity), Marks(quantity) };
        if (choice.Spread)
            layers.Insert(1, ErrorBars(quantity));
        if (choice.Trials)
            layers.Add(TrialMarks(quantity));
        if (published.Count > 0)
            layers.Add(PublishedMarks(quantity));
        var caption = published.Count > 0
            ? quantity.Caption + " Crosses are published values; point at one for its source."
            : quantity.Caption;
        return new Figure(
            quantity.Name, quantity.Title, caption,
            VegaLite.Chart(quantity.Title, [.. points.Select(point => point.ToJson())], [.. layers]), CsvOf(points));
    }

    private static JsonObject Y(string field, LevelQuantity quantity) => VegaLite.Quantity(
        field, quantity.Axis, quantity.Format, new JsonObject { ["zero"] = false, ["nice"] = true });

    private static JsonObject DenseLine(LevelQuantity quantity) => VegaLite.Layer(
        new JsonObject { ["type"] = "rule", ["strokeDash"] = new JsonArray(4, 4), ["opacity"] = 0.7 },
        new JsonObject { ["y"] = Y("mean", quantity), ["color"] = VegaLite.Series() }, "datum.kind == 'dense'");

    private static JsonObject ErrorBars(LevelQuantity quantity) => VegaLite.Layer(
        new JsonObject { ["type"] = "rule", ["opacity"] = 0.45 },
        new JsonObject
        {
            ["x"] = VegaLite.WeightsRemaining(), ["y"] = Y("min", quantity),
            ["y2"] = new JsonObject { ["field"] = "max" }, ["color"] = VegaLite.Series(),
        },
        "datum.kind == 'measured'");

    private static JsonObject Line(LevelQuantity quantity) => VegaLite.Layer(
        new JsonObject { ["type"] = "line", ["strokeWidth"] = 2 },
        new JsonObject
        {
            ["x"] = VegaLite.WeightsRemaining(), ["y"] = Y("mean", quantity), ["color"] = VegaLite.Series(),
        },
        "datum.kind == 'measured'");

    private static JsonObject Marks(LevelQuantity quantity) => VegaLite.Layer(
        new JsonObject { ["type"] = "point", ["filled"] = true, ["size"] = 42, ["opacity"] = 1 },
        new JsonObject
        {
            ["x"] = VegaLite.WeightsRemaining(), ["y"] = Y("mean", quantity), ["color"] = VegaLite.Series(),
            ["tooltip"] = new JsonArray(
                VegaLite.Hint("series", "branch"), VegaLite.Hint("level", "level", "d"),
                VegaLite.Hint("percent", "weights (%)", ".1f"), VegaLite.Hint("mean", "mean", quantity.Format),
                VegaLite.Hint("min", "least", quantity.Format), VegaLite.Hint("max", "greatest", quantity.Format),
                VegaLite.Hint("trials", "trials", "d")),
        },
        "datum.kind == 'measured'");

    private static JsonObject TrialMarks(LevelQuantity quantity) => VegaLite.Layer(
        new JsonObject { ["type"] = "point", ["size"] = 18, ["opacity"] = 0.6, ["strokeWidth"] = 1 },
        new JsonObject
        {
            ["x"] = VegaLite.WeightsRemaining(), ["y"] = Y("mean", quantity), ["color"] = VegaLite.Series(),
            ["tooltip"] = new JsonArray(
                VegaLite.Hint("series", "branch"), VegaLite.Hint("note", "trial"),
                VegaLite.Hint("level", "level", "d"), VegaLite.Hint("mean", "value", quantity.Format)),
        },
        "datum.kind == 'trial'");

    private static JsonObject PublishedMarks(LevelQuantity quantity) => VegaLite.Layer(
        new JsonObject { ["type"] = "point", ["shape"] = "cross", ["size"] = 120, ["strokeWidth"] = 2 },
        new JsonObject
        {
            ["x"] = VegaLite.WeightsRemaining(), ["y"] = Y("mean", quantity), ["color"] = VegaLite.Series(),
            ["tooltip"] = new JsonArray(
                VegaLite.Hint("note", "published"), VegaLite.Hint("percent", "weights (%)", ".1f"),
                VegaLite.Hint("mean", "value", quantity.Format)),
        },
        "datum.kind == 'published'");

    private static string CsvOf(IEnumerable<SeriesPoint> points) =>
        "series,kind,level,percent_remaining,mean,min,max,trials\n" + string.Concat(points.Select(
            point => string.Create(CultureInfo.InvariantCulture,
                $"{point.Series},{point.Kind},{point.Level},{100 * point.Density},{point.Mean},{point.Min},{point.Max}")
                + string.Create(CultureInfo.InvariantCulture, $",{point.Trials}\n")));
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Tombola.Reports.Figures;

/// <summary>Test accuracy against step at the paper's levels: figure 3 of Frankle and Carbin 2019.</summary>
internal static class LearningCurves
{
    private const int PointsPerCurve = 120;
    private const string Name = "learning-curves";
    private const string Title = "Learning curves";

    /// <summary>Draws the curves of the first run.</summary>
    /// <param name="runs">One or more.</param>
    /// <param name="choice">Which levels, and whether with bands.</param>
    /// <returns>Null with several runs or variants, where there would be too many, and without curves.</returns>
    internal static Figure? Create(IReadOnlyList<ReportRun> runs, FigureChoice choice)
    {
        if (runs.Count != 1 || runs[0].Rows.Select(row => row.Experiment).Distinct().Count() != 1)
            return null;
        var run = runs[0];
        var levels = choice.Levels ?? PaperLevels.Choose(
            run.Rows.Where(row => row.Branch == ReportRow.MainBranch).Select(row => (row.Level, row.Density)));
        var (rows, csv) = (new JsonArray(), new StringBuilder("branch,percent_remaining,step,mean,min,max\n"));
        var (lowest, highest) = (1.0, 0.0);
        foreach (var group in run.Rows.Where(row => levels.Contains(row.Level) && IsDrawn(row))
            .GroupBy(row => (row.Branch, row.Level)))
        {
            var weights = (100 * group.First().Density).ToString("0.0", CultureInfo.InvariantCulture) + " %";
            var branch = group.Key.Branch == ReportRow.MainBranch ? "winning ticket" : group.Key.Branch;
            foreach (var (step, values) in StepsOf(run, [.. group]))
            {
                var (mean, min, max) = (values.Average(), values.Min(), values.Max());
                rows.Add(new JsonObject
                {
                    ["branch"] = branch, ["weights"] = weights, ["level"] = group.Key.Level, ["step"] = step,
                    ["mean"] = mean, ["min"] = min, ["max"] = max,
                });
                csv.Append(
                    CultureInfo.InvariantCulture,
                    $"{branch},{100 * group.First().Density},{step},{mean},{min},{max}\n");
                highest = Math.Max(highest, mean);
            }

            lowest = Math.Min(lowest, group.Average(row => row.FinalTest));
        }

        if (rows.Count == 0)
            return null;
        // The first steps climb from chance; what matters happens in the last few points.
        var floor = Math.Max(0, lowest - (1.2 * Math.Max(0.01, highest - lowest)));
        JsonNode[] layers = choice.Spread ? [Band(floor, highest), Line(floor, highest)] : [Line(floor, highest)];
        return new Figure(
            Name, Title,
            "Test accuracy as training goes on, mean over trials; bands run from the least to the greatest trial. "
            + "Dashed: random reinitialisation of the same mask.",
            VegaLite.Chart(Title, rows, layers), csv.ToString());
    }

    private static bool IsDrawn(ReportRow row) => row.Branch is ReportRow.MainBranch or "random-reinit";

    private static IEnumerable<(long Step, double[] Values)> StepsOf(ReportRun run, ReportRow[] trials)
    {
        var points = trials.Select(run.CurveOf).OfType<Formats.CsvTable>()
            .SelectMany(curve => curve.Rows.Select(
                row => (Step: row.Integer("step"), Accuracy: row.Number("test_accuracy"))))
            .GroupBy(point => point.Step).OrderBy(group => group.Key).ToArray();
        var stride = Math.Max(1, points.Length / PointsPerCurve);
        return points.Where((_, i) => i % stride == 0 || i == points.Length - 1)
            .Select(group => (group.Key, group.Select(point => point.Accuracy).ToArray()));
    }

    private static JsonObject Scale(double floor, double ceiling) =>
        new() { ["domain"] = new JsonArray(floor, ceiling), ["nice"] = true };

    private static JsonObject Step() => VegaLite.Quantity("step", "optimizer step", "~s");

    private static JsonObject Band(double floor, double ceiling) => VegaLite.Layer(
        new JsonObject { ["type"] = "area", ["opacity"] = 0.12, ["clip"] = true },
        new JsonObject
        {
            ["x"] = Step(), ["y"] = VegaLite.Quantity("min", "test accuracy", ".1%", Scale(floor, ceiling)),
            ["y2"] = new JsonObject { ["field"] = "max" }, ["color"] = VegaLite.Series("weights"),
            ["detail"] = new JsonObject { ["field"] = "branch" },
        });

    private static JsonObject Line(double floor, double ceiling) => VegaLite.Layer(
        new JsonObject { ["type"] = "line", ["clip"] = true, ["strokeWidth"] = 1.8 },
        new JsonObject
        {
            ["x"] = Step(), ["y"] = VegaLite.Quantity("mean", "test accuracy", ".1%", Scale(floor, ceiling)),
            ["color"] = VegaLite.Series("weights"),
            ["strokeDash"] = new JsonObject
            {
                ["field"] = "branch", ["type"] = "nominal", ["title"] = null,
                ["sort"] = new JsonArray("winning ticket", "random-reinit"),
            },
            ["tooltip"] = new JsonArray(
                VegaLite.Hint("branch", "branch"), VegaLite.Hint("weights", "weights"),
                VegaLite.Hint("step", "step", "d"), VegaLite.Hint("mean", "test accuracy", ".2%")),
        });
}

using System.Text.Json.Nodes;
using Tombola.Reports.Analyses;

namespace Tombola.Reports;

/// <summary>The time of a training step against density, on one machine.</summary>
public static class SpeedFigure
{
    private static readonly FigureHeading Heading = new(
        "speed", "Time of a training step",
        "Against the dense network, measured on this machine; dashed: as little as the surviving weights would cost "
        + "if nothing else took time. Where the line lies at 1, compressing does not pay.");

    /// <summary>Draws the times.</summary>
    /// <param name="points">From the dense network on; it is the first.</param>
    public static Figure Draw(IReadOnlyList<SpeedPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentOutOfRangeException.ThrowIfZero(points.Count, nameof(points));
        Mark[] marks =
        [
            .. points.Select(point => new Mark(
                "measured", 100 * point.Density, point.Milliseconds / points[0].Milliseconds, point.Milliseconds)),
            .. points.Select(point => new Mark(
                "in proportion", 100 * point.Density, point.Density, point.Density * points[0].Milliseconds)),
        ];
        return RecordFigure.Create(
            Heading, marks,
            VegaLite.Layer(
                new JsonObject { ["type"] = "line", ["strokeDash"] = new JsonArray(4, 4), ["opacity"] = 0.7 },
                Encode(), "datum.series == 'in proportion'"),
            VegaLite.Layer(
                new JsonObject { ["type"] = "line", ["point"] = true, ["strokeWidth"] = 2 }, Encode(),
                "datum.series == 'measured'"));
    }

    private static JsonObject Encode() => new()
    {
        ["x"] = VegaLite.WeightsRemaining(),
        ["y"] = VegaLite.Quantity(
            "relative", "time against dense", "~g", new JsonObject { ["type"] = "log", ["nice"] = false }),
        ["color"] = VegaLite.Series(),
        ["tooltip"] = new JsonArray(
            VegaLite.Hint("series", "time"), VegaLite.Hint("percent", "weights (%)", ".1f"),
            VegaLite.Hint("relative", "against dense", ".3f"), VegaLite.Hint("milliseconds", "milliseconds", ".3f")),
    };

    private sealed record Mark(string Series, double Percent, double Relative, double Milliseconds);
}

/// <summary>The time of a training step at a density.</summary>
/// <param name="Density">Survivors as a fraction.</param>
/// <param name="Milliseconds">The median time of a step.</param>
public sealed record SpeedPoint(double Density, double Milliseconds);

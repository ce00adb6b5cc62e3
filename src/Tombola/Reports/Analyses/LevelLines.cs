using System.Text.Json.Nodes;

namespace Tombola.Reports.Analyses;

/// <summary>Lines over the levels of pruning: a number against the percentage of weights remaining.</summary>
internal static class LevelLines
{
    /// <summary>Draws lines with a bar from least to greatest where there is one.</summary>
    /// <param name="heading">Name, title and caption.</param>
    /// <param name="axis">What the number is, and its unit.</param>
    /// <param name="format">How it is written, as d3-format has it.</param>
    /// <param name="marks">One a level and line.</param>
    /// <param name="reference">A value to draw a thin line at; null for none.</param>
    internal static Figure Create(
        FigureHeading heading, string axis, string format, IReadOnlyList<LevelMark> marks, double? reference = null)
    {
        var styles = marks.Select(mark => mark.Style).Distinct().ToArray();
        var layers = new List<JsonNode> { Line(axis, format, styles), Points(axis, format) };
        if (marks.Any(mark => mark.Min is not null))
            layers.Insert(0, Bars(axis, format));
        if (reference is { } value)
            layers.Insert(0, Reference(value));
        return RecordFigure.Create(heading, marks, [.. layers]);
    }

    private static JsonObject Y(string field, string axis, string format) => VegaLite.Quantity(
        field, axis, format, new JsonObject { ["zero"] = false, ["nice"] = true });

    private static JsonObject Reference(double value) => VegaLite.Layer(
        new JsonObject { ["type"] = "rule", ["strokeDash"] = new JsonArray(2, 3), ["opacity"] = 0.6 },
        new JsonObject { ["y"] = new JsonObject { ["datum"] = value } });

    private static JsonObject Bars(string axis, string format) => VegaLite.Layer(
        new JsonObject { ["type"] = "rule", ["opacity"] = 0.45 },
        new JsonObject
        {
            ["x"] = VegaLite.WeightsRemaining(), ["y"] = Y("min", axis, format),
            ["y2"] = new JsonObject { ["field"] = "max" }, ["color"] = VegaLite.Series(),
        },
        "isValid(datum.min)");

    private static JsonObject Line(string axis, string format, string[] styles)
    {
        var encoding = new JsonObject
        {
            ["x"] = VegaLite.WeightsRemaining(), ["y"] = Y("value", axis, format), ["color"] = VegaLite.Series(),
        };
        if (styles.Length > 1)
        {
            encoding["strokeDash"] = new JsonObject
            {
                ["field"] = "style", ["type"] = "nominal", ["title"] = null,
                ["sort"] = new JsonArray([.. styles.Select(style => (JsonNode)style)]),
            };
        }

        return VegaLite.Layer(new JsonObject { ["type"] = "line", ["strokeWidth"] = 2 }, encoding);
    }

    private static JsonObject Points(string axis, string format) => VegaLite.Layer(
        new JsonObject { ["type"] = "point", ["filled"] = true, ["size"] = 36, ["opacity"] = 1 },
        new JsonObject
        {
            ["x"] = VegaLite.WeightsRemaining(), ["y"] = Y("value", axis, format), ["color"] = VegaLite.Series(),
            ["tooltip"] = new JsonArray(
                VegaLite.Hint("series", "line"), VegaLite.Hint("style", "of"), VegaLite.Hint("level", "level", "d"),
                VegaLite.Hint("percent", "weights (%)", ".1f"), VegaLite.Hint("value", "value", format)),
        });
}

/// <summary>A number at a level.</summary>
/// <param name="Series">The line, which has a colour.</param>
/// <param name="Style">What the dashes of the line stand for.</param>
/// <param name="Level">Rounds of pruning.</param>
/// <param name="Percent">Weights remaining, a percentage as figures show it.</param>
/// <param name="Value">The number.</param>
/// <param name="Min">The least of any trial; null where it is not known.</param>
/// <param name="Max">The greatest of any trial.</param>
internal sealed record LevelMark(
    string Series, string Style, int Level, double Percent, double Value, double? Min = null, double? Max = null);

using System.Text.Json.Nodes;
using Tombola.Analysis;

namespace Tombola.Reports.Analyses;

/// <summary>Pictures of the input pixels, a few levels side by side.</summary>
internal static class PixelMaps
{
    private const int MostInOneRow = 4;
    private const int Gap = 2;
    private const int TitleHeight = 4;

    // Neighbours overlap by as much, or seams would show between them.
    private const double Overlap = 0.15;

    // Colours beyond that would leave too few for the pixels that matter.
    private const double Brightest = 2.5;

    /// <summary>Draws the levels nearest to the paper's.</summary>
    /// <param name="heading">Name, title and caption.</param>
    /// <param name="pixels">The pixels of all levels of one experiment.</param>
    internal static Figure Create(FigureHeading heading, IReadOnlyList<PixelConnections> pixels)
    {
        var levels = PaperLevels.Choose(pixels.Select(pixel => (pixel.Level, pixel.Density)));
        var (rows, columns) = (pixels.Max(pixel => pixel.Row) + 1, pixels.Max(pixel => pixel.Column) + 1);
        var across = levels.Count <= MostInOneRow ? levels.Count : (levels.Count + 1) / 2;
        PixelMark[] marks =
        [
            .. levels.Index().SelectMany(level => MarksOf(
                [.. pixels.Where(pixel => pixel.Level == level.Item)],
                level.Index % across * (columns + Gap), level.Index / across * (rows + TitleHeight))),
        ];
        var (width, height) = (marks.Max(mark => mark.Right), marks.Max(mark => mark.Bottom));
        var figure = RecordFigure.Create(heading, marks, Cells(width, height), Titles(width, height));
        figure.Specification["usermeta"] = new JsonObject { ["aspect"] = width / height };
        return figure;
    }

    private static IEnumerable<PixelMark> MarksOf(PixelConnections[] pixels, int left, int top)
    {
        var mean = pixels.Average(pixel => pixel.Connections);
        return pixels.Select(pixel => new PixelMark(
            FigureText.Percent(pixel.Density), pixel.Row, pixel.Column, left + pixel.Column,
            top + TitleHeight - 1 + pixel.Row, left + pixel.Column + 1 + Overlap,
            top + TitleHeight + pixel.Row + Overlap,
            pixel.Connections, mean > 0 ? pixel.Connections / mean : 0));
    }

    private static JsonObject Cells(double width, double height) => VegaLite.Layer(
        new JsonObject { ["type"] = "rect", ["opacity"] = 1 },
        new JsonObject
        {
            ["x"] = Place("left", width), ["x2"] = new JsonObject { ["field"] = "right" },
            ["y"] = Place("top", height, down: true), ["y2"] = new JsonObject { ["field"] = "bottom" },
            ["color"] = Shade(),
            ["tooltip"] = new JsonArray(
                VegaLite.Hint("weights", "weights"), VegaLite.Hint("row", "row", "d"),
                VegaLite.Hint("column", "column", "d"), VegaLite.Hint("connections", "connections", ".1f"),
                VegaLite.Hint("relative", "of the mean", ".2f")),
        });

    private static JsonObject Titles(double width, double height) => VegaLite.Layer(
        new JsonObject { ["type"] = "text", ["align"] = "left", ["baseline"] = "bottom", ["dy"] = -3 },
        new JsonObject
        {
            ["x"] = Place("left", width), ["y"] = Place("top", height, down: true),
            ["text"] = new JsonObject { ["field"] = "weights", ["type"] = "nominal" },
        },
        "datum.row == 0 && datum.column == 0");

    private static JsonObject Place(string field, double extent, bool down = false) => new()
    {
        ["field"] = field, ["type"] = "quantitative", ["axis"] = null,
        ["scale"] = new JsonObject
        {
            ["domain"] = new JsonArray(0, extent), ["nice"] = false, ["zero"] = false, ["reverse"] = down,
        },
    };

    private static JsonObject Shade() => new()
    {
        ["field"] = "relative", ["type"] = "quantitative", ["title"] = "connections / mean",
        ["scale"] = new JsonObject
        {
            ["scheme"] = "viridis", ["domain"] = new JsonArray(0, Brightest), ["clamp"] = true,
        },
        ["legend"] = new JsonObject { ["direction"] = "horizontal", ["gradientThickness"] = 10 },
    };
}

/// <summary>A pixel of one of several pictures.</summary>
/// <param name="Weights">Weights remaining, the title of its picture.</param>
/// <param name="Row">Its row, from 0 at the top.</param>
/// <param name="Column">Its column, from 0 at the left.</param>
/// <param name="Left">Where it begins in the figure, in pixels from the left.</param>
/// <param name="Top">Where it begins in the figure, in pixels from the top.</param>
/// <param name="Right">Where it ends.</param>
/// <param name="Bottom">Where it ends.</param>
/// <param name="Connections">Connections out of it, mean over trials.</param>
/// <param name="Relative">These over the mean pixel's.</param>
internal sealed record PixelMark(
    string Weights, int Row, int Column, double Left, double Top, double Right, double Bottom, double Connections,
    double Relative);

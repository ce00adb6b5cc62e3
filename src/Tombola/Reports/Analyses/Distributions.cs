using System.Text.Json.Nodes;

namespace Tombola.Reports.Analyses;

/// <summary>Distributions of several groups over one axis, each a line of its bins' heights.</summary>
internal static class Distributions
{
    private const double Tail = 0.001;

    /// <summary>Draws the distributions.</summary>
    /// <param name="heading">Name, title and caption.</param>
    /// <param name="axis">What is distributed, and its unit.</param>
    /// <param name="marks">One a bin and group.</param>
    internal static Figure Create(FigureHeading heading, string axis, IReadOnlyList<DistributionMark> marks)
    {
        var shown = WithoutTails(marks);
        var height = VegaLite.Quantity("height", "probability density", "~s");
        var (area, line) = (Encode(axis, height), Encode(axis, height));
        area["y"]!["stack"] = null;
        return RecordFigure.Create(
            heading, shown,
            VegaLite.Layer(
                new JsonObject { ["type"] = "area", ["interpolate"] = "step", ["opacity"] = 0.08 }, area),
            VegaLite.Layer(
                new JsonObject { ["type"] = "line", ["interpolate"] = "step", ["strokeWidth"] = 1.6 }, line));
    }

    /// <summary>Leaves out where no group has more than a thousandth beyond: few far values would squeeze the rest.
    /// </summary>
    private static DistributionMark[] WithoutTails(IReadOnlyList<DistributionMark> marks)
    {
        var (from, to) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var group in marks.GroupBy(mark => mark.Series))
        {
            var (sum, total) = (0.0, group.Sum(mark => mark.Height));
            foreach (var mark in group.OrderBy(mark => mark.Middle))
            {
                sum += mark.Height;
                if (sum > Tail * total)
                    from = Math.Min(from, mark.Middle);
                if (sum - mark.Height < (1 - Tail) * total)
                    to = Math.Max(to, mark.Middle);
            }
        }

        return [.. marks.Where(mark => mark.Middle >= from && mark.Middle <= to)];
    }

    private static JsonObject Encode(string axis, JsonObject height) => new()
    {
        ["x"] = VegaLite.Quantity("middle", axis, "~r"), ["y"] = height.DeepClone(), ["color"] = VegaLite.Series(),
        ["tooltip"] = new JsonArray(
            VegaLite.Hint("series", "of"), VegaLite.Hint("middle", axis, ".3g"),
            VegaLite.Hint("height", "density", ".3g")),
    };
}

/// <summary>A bin of one group.</summary>
/// <param name="Series">The group, which has a colour.</param>
/// <param name="Middle">The middle of the bin.</param>
/// <param name="Height">The share of the group in the bin over the width of the bin.</param>
internal sealed record DistributionMark(string Series, double Middle, double Height)
{
    /// <summary>Makes the mark of a bin.</summary>
    /// <param name="series">The group.</param>
    /// <param name="from">The lower edge.</param>
    /// <param name="to">The upper edge.</param>
    /// <param name="share">The fraction of the group in the bin.</param>
    internal static DistributionMark Of(string series, double from, double to, double share) =>
        new(series, (from + to) / 2, to > from ? share / (to - from) : 0);
}

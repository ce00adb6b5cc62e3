using System.Text.Json.Nodes;
using Tombola.Analysis;
using Tombola.Reports.Analyses;

namespace Tombola.Reports;

/// <summary>The figures of one ticket.</summary>
public static class TicketFigures
{
    private static readonly FigureHeading Densities = new(
        "layer-densities", "Density of each layer", "The surviving weights of each layer as a percentage of its own.");

    private static readonly FigureHeading Pixels = new(
        "pixels", "Pixels that are still read",
        "Connections that lead from each input pixel into the first layer, against those of the mean pixel.");

    private static readonly FigureHeading Values = new(
        "initial-values", "Initial values",
        "How the initial values of the weights that survive are distributed, beside those of all weights.");

    /// <summary>Draws a ticket: density a layer, the pixels it reads, the initial values of its survivors.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <returns>The pixels are left out where the inputs are not those of a square picture.</returns>
    /// <exception cref="InputException">A file of the run is missing or damaged.</exception>
    public static IReadOnlyList<Figure> Draw(InspectedTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        var pixels = TicketAnatomy.Pixels(ticket);
        return
        [
            DrawDensities(TicketAnatomy.Densities(ticket)),
            .. pixels.Count > 0 ? [PixelMaps.Create(Pixels, pixels)] : Array.Empty<Figure>(),
            .. TicketAnatomy.InitialValues(ticket).GroupBy(bin => bin.Layer).Select(DrawValues),
        ];
    }

    private static Figure DrawDensities(IReadOnlyList<LayerDensity> layers)
    {
        Bar[] bars =
        [
            .. layers.Select(layer => new Bar(
                FigureText.Layer(layer.Layer), 100 * layer.Density, layer.Survivors, layer.Weights)),
        ];
        var encoding = new JsonObject
        {
            ["y"] = new JsonObject
            {
                ["field"] = "layer", ["type"] = "nominal", ["sort"] = null,
                ["axis"] = new JsonObject { ["title"] = null, ["ticks"] = false, ["labelLimit"] = 120 },
            },
            ["x"] = VegaLite.Quantity("percent", "weights remaining (%)", scale: new JsonObject
            {
                ["domain"] = new JsonArray(0, 100),
            }),
            ["tooltip"] = new JsonArray(
                VegaLite.Hint("layer", "layer"), VegaLite.Hint("percent", "density (%)", ".2f"),
                VegaLite.Hint("survivors", "survivors", ",d"), VegaLite.Hint("weights", "of", ",d")),
        };
        return RecordFigure.Create(Densities, bars, VegaLite.Layer(new JsonObject { ["type"] = "bar" }, encoding));
    }

    private static Figure DrawValues(IGrouping<string, ValueBin> layer) => Distributions.Create(
        Values.OfLayer(layer.Key), "initial value",
        [
            .. layer.Select(bin => DistributionMark.Of(
                bin.Surviving ? "survivors" : "all weights", bin.From, bin.To, bin.Share)),
        ]);

    private sealed record Bar(string Layer, double Percent, int Survivors, int Weights);
}

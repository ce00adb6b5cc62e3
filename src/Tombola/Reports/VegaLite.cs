using System.Text.Json.Nodes;

namespace Tombola.Reports;

/// <summary>Builds the parts of Vega-Lite specifications that all figures share.</summary>
/// <remarks>
/// Colours and fonts of the surroundings are left to whoever shows a figure, so that it fits dark pages too.
/// </remarks>
internal static class VegaLite
{
    private const string Schema = "https://vega.github.io/schema/vega-lite/v6.json";
    private const int Width = 640;
    private const int Height = 340;

    // Okabe and Ito's colours, which people with the common kinds of colour blindness tell apart.
    private static readonly string[] Palette =
        ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#999999", "#8C564B", "#B8A800", "#6A51A3"];

    /// <summary>Makes a figure of layers over shared data.</summary>
    /// <param name="title">For screen readers.</param>
    /// <param name="rows">One object a mark.</param>
    /// <param name="layers">Marks with their encodings.</param>
    internal static JsonObject Chart(string title, JsonArray rows, params JsonNode[] layers) => new()
    {
        ["$schema"] = Schema,
        ["description"] = title,
        ["width"] = Width,
        ["height"] = Height,
        ["autosize"] = new JsonObject { ["type"] = "fit", ["contains"] = "padding" },
        ["data"] = new JsonObject { ["values"] = rows },
        ["layer"] = new JsonArray(layers),
        ["config"] = new JsonObject
        {
            ["range"] = new JsonObject { ["category"] = new JsonArray([.. Palette.Select(color => (JsonNode)color)]) },
        },
    };

    /// <summary>Makes a layer.</summary>
    internal static JsonObject Layer(JsonNode mark, JsonObject encoding, string? filter = null)
    {
        var layer = new JsonObject { ["mark"] = mark, ["encoding"] = encoding };
        if (filter is not null)
            layer["transform"] = new JsonArray(new JsonObject { ["filter"] = filter });
        return layer;
    }

    /// <summary>Makes a quantitative channel.</summary>
    internal static JsonObject Quantity(string field, string title, string? format = null, JsonObject? scale = null)
    {
        var axis = new JsonObject { ["title"] = title };
        if (format is not null)
            axis["format"] = format;
        var channel = new JsonObject { ["field"] = field, ["type"] = "quantitative", ["axis"] = axis };
        if (scale is not null)
            channel["scale"] = scale;
        return channel;
    }

    /// <summary>Makes the axis of all figures over levels: percent of weights remaining, falling.</summary>
    internal static JsonObject WeightsRemaining()
    {
        var channel = Quantity(
            "percent", "weights remaining (%)",
            scale: new JsonObject { ["type"] = "log", ["reverse"] = true, ["nice"] = false });
        channel["axis"]!["values"] = new JsonArray(100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1);
        channel["axis"]!["format"] = "~g";
        return channel;
    }

    /// <summary>Makes the channel that tells series apart by colour.</summary>
    internal static JsonObject Series(string field = "series") => new()
    {
        ["field"] = field, ["type"] = "nominal", ["title"] = null, ["sort"] = null,
    };

    /// <summary>Makes a channel that is only shown when one points at a mark.</summary>
    internal static JsonObject Hint(string field, string title, string? format = null)
    {
        var quantity = format is not null;
        var channel = new JsonObject
        {
            ["field"] = field, ["type"] = quantity ? "quantitative" : "nominal", ["title"] = title,
        };
        if (quantity)
            channel["format"] = format;
        return channel;
    }
}

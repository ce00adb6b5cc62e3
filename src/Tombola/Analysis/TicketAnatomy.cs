namespace Tombola.Analysis;

/// <summary>Describes what one ticket consists of.</summary>
internal static class TicketAnatomy
{
    private const int BinCount = 60;

    /// <summary>Counts the survivors of each layer.</summary>
    internal static IReadOnlyList<LayerDensity> Densities(InspectedTicket ticket) =>
    [
        .. ticket.Layers.Select(layer => new LayerDensity(
            layer.Name, layer.Mask.Density, layer.Mask.Survivors, layer.Mask.Shape.Count)),
    ];

    /// <summary>Counts the connections that lead out of each input pixel.</summary>
    /// <returns>Nothing where the inputs are not those of a square picture.</returns>
    internal static IReadOnlyList<PixelConnections> Pixels(InspectedTicket ticket)
    {
        var (mask, training) = (ticket.Layers[0].Mask, ticket.Training);
        var side = mask.Shape.Rank == 2 ? (int)Math.Round(Math.Sqrt(mask.Shape[1])) : 0;
        if (side == 0 || side * side != mask.Shape[1])
            return [];
        return
        [
            .. UnitConnections.Of(mask).Outgoing.Select((connections, pixel) => new PixelConnections(
                training.Experiment, training.Branch, training.Level, training.Density, pixel / side, pixel % side,
                connections)),
        ];
    }

    /// <summary>Distributes the initial values of each layer: of the survivors, and of all weights.</summary>
    /// <exception cref="InputException">The weights are missing or damaged.</exception>
    internal static IEnumerable<ValueBin> InitialValues(InspectedTicket ticket)
    {
        var initial = ticket.ReadStart().Weights;
        return ticket.Layers.SelectMany(layer => Distribute(layer, initial[layer.Name].Span));
    }

    private static List<ValueBin> Distribute(LayerMask layer, ReadOnlySpan<float> values)
    {
        var range = 0.0;
        foreach (var value in values)
            range = Math.Max(range, Math.Abs(value));
        var bins = new Bins(-range, range, BinCount);
        var (all, kept) = (new Histogram(bins), new Histogram(bins));
        for (var i = 0; i < values.Length; i++)
        {
            all.Add(values[i]);
            if (layer.Mask.Survives[i])
                kept.Add(values[i]);
        }

        IEnumerable<ValueBin> whole = BinsOf(all, surviving: false);
        return kept.Total < all.Total ? [.. BinsOf(kept, surviving: true), .. whole] : [.. whole];

        IEnumerable<ValueBin> BinsOf(Histogram histogram, bool surviving) => histogram.Read().Select(
            bin => new ValueBin(layer.Name, surviving, bin.From, bin.To, bin.Share));
    }
}

/// <summary>The survivors of a layer.</summary>
/// <param name="Layer">The parameter, for example <c>fc1.weight</c>.</param>
/// <param name="Density">Survivors as a fraction.</param>
/// <param name="Survivors">How many there are.</param>
/// <param name="Weights">Of how many.</param>
internal sealed record LayerDensity(string Layer, double Density, int Survivors, int Weights);

/// <summary>A bin of the initial values of a layer.</summary>
/// <param name="Layer">The parameter.</param>
/// <param name="Surviving">Whether of the survivors alone, or of all weights.</param>
/// <param name="From">The lower edge.</param>
/// <param name="To">The upper edge.</param>
/// <param name="Share">The fraction of these values in the bin.</param>
internal sealed record ValueBin(string Layer, bool Surviving, double From, double To, double Share);

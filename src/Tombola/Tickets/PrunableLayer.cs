using Tombola.Nn.Models;
using Tombola.Pruning;
using Tombola.Tensors;

namespace Tombola.Tickets;

/// <summary>What levels are counted in: a prunable parameter, its size and its kind.</summary>
/// <param name="Name">The parameter's name, for example <c>fc1.weight</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Kind">Which of the rates applies to it.</param>
/// <param name="Positions">Multiply-adds of each weight in a forward pass of one example.</param>
public sealed record PrunableLayer(string Name, Shape Shape, LayerKind Kind, int Positions = 1)
{
    /// <summary>Lists the prunable layers of a model.</summary>
    /// <param name="model">The model.</param>
    public static IReadOnlyList<PrunableLayer> Of(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return
        [
            .. model.Layers.Select(
                layer => new PrunableLayer(layer.Weight.Name, layer.Weight.Shape, layer.Kind, layer.Positions)),
        ];
    }

    /// <summary>Tells whether pruning takes weights of this layer at all.</summary>
    /// <param name="options">The kinds of layers.</param>
    public bool IsPrunedBy(PruningOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Layers.Count == 0 ? Kind != LayerKind.Shortcut : options.Layers.Contains(Kind);
    }

    /// <summary>Returns the fraction of its survivors that a round removes.</summary>
    /// <param name="options">The rates.</param>
    public double RateOf(PruningOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Kind switch
        {
            LayerKind.Convolution or LayerKind.Shortcut => options.ConvolutionRate,
            LayerKind.Output when options.Scope == PruningScope.LayerWise => options.OutputRate,
            _ => options.FullyConnectedRate,
        };
    }

    /// <summary>Counts the multiply-adds of a forward pass of one example on the survivors of each level.</summary>
    /// <remarks>
    /// Exact for layer-wise pruning of weights. Where layers compete, or lose whole units, each is reckoned to keep the
    /// same fraction, which the run alone can tell.
    /// </remarks>
    /// <param name="layers">The prunable layers.</param>
    /// <param name="options">The rates and the scope.</param>
    /// <param name="levels">Rounds of pruning.</param>
    /// <returns>levels + 1 counts, from the dense network on.</returns>
    public static IReadOnlyList<long> MultiplyAdds(
        IReadOnlyList<PrunableLayer> layers, PruningOptions options, int levels) =>
    [
        .. Densities(layers, options, levels).Select(densities => (long)Math.Round(
            layers.Select((layer, i) => densities[i] * layer.Shape.Count * layer.Positions).Sum(),
            MidpointRounding.AwayFromZero)),
    ];

    /// <summary>Reckons which fraction of each layer's weights remains at each level.</summary>
    /// <param name="layers">The prunable layers.</param>
    /// <param name="options">The rates and the scope.</param>
    /// <param name="levels">Rounds of pruning.</param>
    /// <returns>levels + 1 lists, each with one fraction a layer.</returns>
    internal static IReadOnlyList<IReadOnlyList<double>> Densities(
        IReadOnlyList<PrunableLayer> layers, PruningOptions options, int levels)
    {
        var total = layers.Sum(layer => (double)layer.Shape.Count);
        var spared = layers.Where(layer => !layer.IsPrunedBy(options)).Sum(layer => (double)layer.Shape.Count);
        var byLayer = options.Scope == PruningScope.LayerWise && options.Granularity == PruningGranularity.Weight;
        double At(PrunableLayer layer, long remaining, int level) =>
            !layer.IsPrunedBy(options) ? 1
            : byLayer ? (double)PruningCounts.Survivors(layer.Shape.Count, layer.RateOf(options), level)
                / layer.Shape.Count
            : Math.Max(0, remaining - spared) / (total - spared);
        return
        [
            .. WeightsRemaining(layers, options, levels).Select(
                (remaining, level) => layers.Select(layer => At(layer, remaining, level)).ToArray()),
        ];
    }

    /// <summary>Returns the fraction that all layers together lose in a round.</summary>
    /// <param name="pruned">The layers that are pruned.</param>
    /// <param name="options">The rates.</param>
    /// <returns>That of convolutions where nothing else is pruned, otherwise that of fully connected layers.</returns>
    internal static double GlobalRate(IEnumerable<PrunableLayer> pruned, PruningOptions options) =>
        pruned.All(layer => layer.Kind is LayerKind.Convolution or LayerKind.Shortcut)
            ? options.ConvolutionRate
            : options.FullyConnectedRate;

    /// <summary>Counts the weights that remain at each level.</summary>
    /// <param name="layers">The prunable layers.</param>
    /// <param name="options">The rates and the scope.</param>
    /// <param name="levels">Rounds of pruning.</param>
    /// <returns>levels + 1 counts, from the dense network on.</returns>
    public static IReadOnlyList<long> WeightsRemaining(
        IReadOnlyList<PrunableLayer> layers, PruningOptions options, int levels)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Granularity == PruningGranularity.Unit)
            return UnitPruning.WeightsRemaining(layers, options, levels);
        PrunableLayer[] pruned = [.. layers.Where(layer => layer.IsPrunedBy(options))];
        var spared = layers.Sum(layer => (long)layer.Shape.Count) - pruned.Sum(layer => (long)layer.Shape.Count);
        (int Count, double Rate)[] scopes = options.Scope == PruningScope.Global
            ? [(pruned.Sum(layer => layer.Shape.Count), GlobalRate(pruned, options))]
            : [.. pruned.Select(layer => (layer.Shape.Count, layer.RateOf(options)))];
        return
        [
            .. Enumerable.Range(0, levels + 1).Select(
                level => spared + scopes.Sum(scope => (long)PruningCounts.Survivors(scope.Count, scope.Rate, level))),
        ];
    }
}

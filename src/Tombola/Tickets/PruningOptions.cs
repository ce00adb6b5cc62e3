using Tombola.Nn.Models;
using Tombola.Pruning;

namespace Tombola.Tickets;

/// <summary>What each round of pruning removes.</summary>
public sealed record PruningOptions
{
    /// <summary>What scores the weights, by its name in <see cref="CriterionRegistry"/>.</summary>
    /// <value>Default <c>magnitude</c>.</value>
    public string Criterion { get; init; } = "magnitude";

    /// <summary>Which weights compete.</summary>
    /// <value>Default layer-wise.</value>
    public PruningScope Scope { get; init; }

    /// <summary>What is removed at a time.</summary>
    /// <value>Default single weights.</value>
    public PruningGranularity Granularity { get; init; }

    /// <summary>What scores units, by its name.</summary>
    /// <value>Default <c>product</c>; ignored where weights are pruned.</value>
    public string UnitScore { get; init; } = "product";

    /// <summary>The kinds of layers that are pruned; the others stay as they are.</summary>
    /// <value>Default empty: all kinds but shortcuts, which the papers leave alone.</value>
    public IReadOnlyList<LayerKind> Layers { get; init; } = [];

    /// <summary>Whether levels are reached round by round or at once.</summary>
    /// <value>Default iterative.</value>
    public PruningSchedule Schedule { get; init; }

    /// <summary>Fraction of its survivors that a fully connected layer loses a round.</summary>
    /// <value>Default 0.2 (Frankle and Carbin 2019); 0 to 1.</value>
    public double FullyConnectedRate { get; init; } = 0.2;

    /// <summary>Fraction of its survivors that a convolution loses a round.</summary>
    /// <value>Default 0.2; Frankle and Carbin 2019 take 0.1 for Conv-2 and Conv-4, 0.15 for Conv-6; 0 to 1.</value>
    public double ConvolutionRate { get; init; } = 0.2;

    /// <summary>Fraction of its survivors that the output layer loses a round.</summary>
    /// <value>Default 0.1, half the rate of the other layers (ibid.); 0 to 1. Ignored by the global scope.</value>
    public double OutputRate { get; init; } = 0.1;
}

namespace Tombola.Tickets.Xor;

/// <summary>Which units of the networks of an XOR experiment are pruned.</summary>
public sealed record XorPruningOptions
{
    /// <summary>Numbers of hidden units to prune to and report, largest first.</summary>
    /// <value>Default none.</value>
    public IReadOnlyList<int> To { get; init; } = [];

    /// <summary>The strategies to compare; each starts from the same trained networks.</summary>
    /// <value>Default none.</value>
    public IReadOnlyList<XorStrategy> Strategies { get; init; } = [];
}

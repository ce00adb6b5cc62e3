namespace Tombola.Tickets.Xor;

/// <summary>When a network counts as having learnt XOR.</summary>
public sealed record XorScoringOptions
{
    /// <summary>How far beyond p = 0.5 a point may lie and still count as on its side of the boundary.</summary>
    /// <value>Default 0.001; 0 to below 0.5.</value>
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>The mean cross-entropy, in nats, below which the loss counts as zero.</summary>
    /// <value>Default 0.01; above 0.</value>
    public double ZeroLoss { get; init; } = 0.01;
}

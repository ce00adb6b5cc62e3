namespace Tombola.Experiments;

/// <summary>How processes that share a store tell each other that they live.</summary>
/// <remarks>No clock is compared with another's: whoever waits takes the time by its own.</remarks>
public sealed record LeaseOptions
{
    /// <summary>
    /// How long a holder may be silent before others take its stage over. Holders on the same machine that have ended
    /// are noticed at once.
    /// </summary>
    /// <value>
    /// Default 90 seconds. It should exceed the time for which a network file system may show old directories.
    /// </value>
    public TimeSpan Expiry { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>The time between signs of life: a ninth of <see cref="Expiry"/>.</summary>
    public TimeSpan Heartbeat => Expiry / 9;

    /// <summary>The time between looks at a stage that another process computes.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(0.5);
}

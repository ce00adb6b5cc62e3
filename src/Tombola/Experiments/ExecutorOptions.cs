namespace Tombola.Experiments;

/// <summary>How an executor works; no number of the outcome depends on it.</summary>
public sealed record ExecutorOptions
{
    /// <summary>How many stages are computed at a time.</summary>
    /// <value>Default: as many as cores; one or more.</value>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>The time between checkpoints of a stage.</summary>
    /// <value>Default one minute; more than zero.</value>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How this process shares the store with others.</summary>
    public LeaseOptions Leases { get; init; } = new();
}

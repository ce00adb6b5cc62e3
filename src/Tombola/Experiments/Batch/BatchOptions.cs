namespace Tombola.Experiments.Batch;

/// <summary>What jobs ask of a cluster; no number of the outcome depends on it.</summary>
public sealed record BatchOptions
{
    /// <summary>The partition or queue.</summary>
    /// <value>Default null: the scheduler's own.</value>
    public string? Partition { get; init; }

    /// <summary>The longest time of a task in the scheduler's notation, for example <c>4:00:00</c>.</summary>
    /// <value>Default null: the partition's. A training that takes longer is queued again and goes on.</value>
    public string? Time { get; init; }

    /// <summary>Cores of each task.</summary>
    /// <value>Default 1; as many as <c>--threads</c> makes sense.</value>
    public int Cpus { get; init; } = 1;

    /// <summary>Memory of each task in the scheduler's notation, for example <c>4G</c>.</summary>
    /// <value>Default null: the partition's.</value>
    public string? Memory { get; init; }

    /// <summary>How many tasks of a run are computed at a time.</summary>
    /// <value>Default null: as many as the cluster will.</value>
    public int? MaxJobs { get; init; }

    /// <summary>How often a task that failed is queued again; the loss of a machine does not count.</summary>
    /// <value>Default 3.</value>
    public int Retries { get; init; } = 3;

    /// <summary>More arguments for the scheduler, as they stand.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The time between questions to the scheduler.</summary>
    /// <value>Default ten seconds; more than zero. The run store is looked at more often.</value>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after a task's end its results may take to be seen on a network file system.</summary>
    /// <value>Default 30 seconds.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}

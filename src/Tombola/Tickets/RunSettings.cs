using Tombola.Data;
using Tombola.Experiments;

namespace Tombola.Tickets;

/// <summary>Where and with what an experiment is computed; no number of the outcome depends on it.</summary>
public sealed record RunSettings
{
    /// <summary>The folder of the run store.</summary>
    /// <value>Default <c>tombola-runs</c> in the working directory.</value>
    public string Output { get; init; } = "tombola-runs";

    /// <summary>Where data sets are looked for.</summary>
    /// <value>Default: the user's cache and the system's folder.</value>
    public DataFolders Data { get; init; } = DataFolders.FromEnvironment(null, _ => null);

    /// <summary>Trainings at a time.</summary>
    /// <value>Default: as many as cores; one or more.</value>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Threads of each training.</summary>
    /// <value>Default 1; small networks gain more from several trainings at a time.</value>
    public int Threads { get; init; } = 1;

    /// <summary>The time between checkpoints of a training.</summary>
    /// <value>Default one minute; more than zero.</value>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long another process on the store may be silent before what it computes is taken over.</summary>
    /// <value>Default 90 seconds; see <see cref="LeaseOptions.Expiry"/>.</value>
    public TimeSpan TakeOverAfter { get; init; } = new LeaseOptions().Expiry;

    /// <summary>Whether pruned weights are compressed to the survivors.</summary>
    /// <value>Default <see cref="SparseMode.Auto"/>. Changes the last bits of results, and the ids of stages.</value>
    public SparseMode Sparse { get; init; }

    /// <summary>The command line that repeats the run, for those who look at it later.</summary>
    /// <value>Default empty: it was started from a program.</value>
    public string Command { get; init; } = "";

    /// <summary>The file that keeps measured break-even densities.</summary>
    /// <value>
    /// Default null: <c>break-even.json</c> in the run store, so that a later run of the same experiment decides alike
    /// and finds its stages.
    /// </value>
    public string? BreakEvenFile { get; init; }

    /// <summary>The cluster that computes the run.</summary>
    /// <value>Default null: this process computes it.</value>
    public ClusterSettings? Cluster { get; init; }

    /// <summary>Where measured break-even densities are.</summary>
    internal string BreakEvenTable => BreakEvenFile ?? Path.Combine(Output, "break-even.json");

    /// <summary>What of this an executor needs to know.</summary>
    internal ExecutorOptions Execution => new()
    {
        Jobs = Jobs, CheckpointEvery = CheckpointEvery, Leases = new LeaseOptions { Expiry = TakeOverAfter },
    };

    /// <summary>Creates the executor of a run.</summary>
    /// <param name="store">Where its stages are kept.</param>
    /// <param name="folder">The folder of the run, with its description.</param>
    internal IExecutor ExecutorFor(RunStore store, string folder) =>
        Cluster is null ? new LocalExecutor(store, Execution) : Cluster.ExecutorFor(store, folder, this);
}

namespace Tombola.Tickets.Xor;

/// <summary>
/// Describes an experiment on XOR: train many small networks, prune whole hidden units, count who learns the function.
/// </summary>
/// <remarks>
/// Everything the numbers depend on is here. Read from YAML by <see cref="XorFile"/>, or built in C#. Source: Frankle
/// and Carbin 2018, the section on XOR. Defaults are frozen: what is at its default is left out of the hash that names
/// a run.
/// </remarks>
public sealed record XorExperiment
{
    /// <summary>Which kind of description this is: <see cref="ExperimentKind.Xor"/>.</summary>
    public string Kind { get; } = ExperimentKind.Xor;

    /// <summary>The name that runs, tables and files show; letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>Decides everything random.</summary>
    /// <value>Default 1.</value>
    public Seed Seed { get; init; } = new(1);

    /// <summary>Networks of each size, each with its own initial weights.</summary>
    /// <value>Default 1,000; 1 to 100,000.</value>
    public int Trials { get; init; } = 1_000;

    /// <summary>Numbers of hidden units of the networks before pruning.</summary>
    /// <value>Default 10, 8, 6, 4 and 2.</value>
    public IReadOnlyList<int> Hidden { get; init; } = [10, 8, 6, 4, 2];

    /// <summary>How networks are initialised and trained.</summary>
    public XorTrainingOptions Training { get; init; } = new();

    /// <summary>When a network counts as having learnt the function.</summary>
    public XorScoringOptions Scoring { get; init; } = new();

    /// <summary>What is pruned, and how.</summary>
    /// <value>Default nothing.</value>
    public XorPruningOptions Pruning { get; init; } = new();

    /// <summary>Returns the experiment with a fraction of its trials and steps, for a quick look.</summary>
    /// <param name="scale">More than 0, at most 1, which changes nothing.</param>
    /// <exception cref="InputException">The scale is out of range.</exception>
    public XorExperiment Scaled(double scale) => this with
    {
        Name = Scaling.NameOf(Name, scale),
        Trials = (int)Math.Max(1, Scaling.Scaled(Trials, scale)),
        Training = Training with { Steps = (int)Math.Max(1, Scaling.Scaled(Training.Steps, scale)) },
    };
}

using System.Text.Json.Serialization;
using Tombola.Nn.Models;
using Tombola.Training;

namespace Tombola.Tickets;

/// <summary>
/// Describes an experiment: find tickets by pruning level after level, and hold controls against them.
/// </summary>
/// <remarks>
/// Everything the numbers depend on is here; how many threads compute it, where, and who watches is not. Read from YAML
/// by <see cref="ExperimentFile"/>, or built in C#.
/// </remarks>
public sealed record TicketExperiment
{
    /// <summary>The name that runs, tables and files show; letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>What tells it from the other variants of a study.</summary>
    /// <value>Default empty: the only one.</value>
    public string Variant { get; init; } = "";

    /// <summary>Its share of the steps and trials of the experiment as it was described.</summary>
    /// <value>Default 1; a record of what <see cref="Scaling"/> did, which changes nothing by itself.</value>
    public double Scale { get; init; } = 1;

    /// <summary>The name, and after a slash that of the variant.</summary>
    [JsonIgnore]
    public string FullName => Variant.Length == 0 ? Name : $"{Name}/{Variant}";

    /// <summary>One line for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>Decides everything random.</summary>
    /// <value>Default 1. Trials draw their own seeds from it.</value>
    public Seed Seed { get; init; } = new(1);

    /// <summary>Independent repetitions, each with its own initialisation and data order.</summary>
    /// <value>Default 5 (Frankle and Carbin 2019); one or more.</value>
    public int Trials { get; init; } = 5;

    /// <summary>Rounds of pruning: level 0 is the dense network, level n has been pruned n times.</summary>
    /// <value>Default 20; zero or more.</value>
    public int Levels { get; init; } = 20;

    /// <summary>The examples.</summary>
    public DataOptions Data { get; init; } = new();

    /// <summary>The network.</summary>
    public ModelOptions Model { get; init; } = new();

    /// <summary>How each network is trained.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>What each round of pruning removes.</summary>
    public PruningOptions Pruning { get; init; } = new();

    /// <summary>The step to whose weights the survivors return before they are trained again.</summary>
    /// <value>Default 0, the initialisation; less than the steps of a training.</value>
    public long RewindStep { get; init; }

    /// <summary>The same in epochs of the training examples, where steps are not counted.</summary>
    /// <value>
    /// Default null: <see cref="RewindStep"/> counts. Zero or more; an epoch has as many steps as there are whole
    /// batches, and fractions are rounded to the nearest step, midpoints away from zero.
    /// </value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double? RewindEpoch { get; init; }

    /// <summary>How survivors are trained again.</summary>
    /// <value>Default null: with the weights and the schedule of the step to rewind to.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RetrainingOptions? Retraining { get; init; }

    /// <summary>What is trained beside each ticket for comparison.</summary>
    /// <value>Default none.</value>
    public IReadOnlyList<ControlOptions> Controls { get; init; } = [];
}

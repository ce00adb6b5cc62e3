using System.Text.Json.Serialization;
using Tombola.Nn;
using Tombola.Optim;

namespace Tombola.Training;

/// <summary>How a network is trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>Optimizer steps of a whole training.</summary>
    /// <value>Default 50,000 (Frankle and Carbin 2019, LeNet); one or more.</value>
    public long Steps { get; init; } = 50_000;

    /// <summary>Examples of a step.</summary>
    /// <value>Default 60 (ibid.); one or more.</value>
    public int Batch { get; init; } = 60;

    /// <summary>Steps from one evaluation on validation and test set to the next.</summary>
    /// <value>Default 100 (ibid.); one or more. The start and the end are always evaluated.</value>
    public long EvaluateEvery { get; init; } = 100;

    /// <summary>Which evaluation counts as the early stop, by its name in <see cref="EarlyStopRule"/>.</summary>
    /// <value>Default <c>validation-loss</c> (ibid.).</value>
    public string EarlyStop { get; init; } = "validation-loss";

    /// <summary>Which parameters are trained; the others stay at their initial values.</summary>
    /// <value>Default all.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TrainedPart TrainOnly { get; init; }

    /// <summary>What turns gradients into updates.</summary>
    /// <value>Default Adam at 1.2e-3 (ibid.).</value>
    public OptimizerOptions Optimizer { get; init; } = new();

    /// <summary>How the learning rate changes over the steps.</summary>
    /// <value>Default constant.</value>
    public ScheduleOptions Schedule { get; init; } = new();
}

namespace Tombola.Tickets;

/// <summary>How survivors are trained again once weights have been pruned (Renda, Frankle and Carbin 2020).</summary>
public sealed record RetrainingOptions
{
    /// <summary>What the survivors go on from.</summary>
    /// <value>Default weight rewinding.</value>
    public RetrainingMethod Method { get; init; }

    /// <summary>Steps that they are trained for, t in the paper.</summary>
    /// <value>
    /// Default null: to the end from the step that is rewound to. One or more; at most the steps of a training, which
    /// fine-tuning may exceed.
    /// </value>
    public long? Steps { get; init; }
}

/// <summary>What pruned networks are trained again from.</summary>
public enum RetrainingMethod
{
    /// <summary>
    /// The weights and the schedule of an earlier step, as in the search for tickets (Frankle et al. 2019).
    /// </summary>
    WeightRewinding,

    /// <summary>The weights that they have, and the schedule of an earlier step.</summary>
    LearningRateRewinding,

    /// <summary>The weights that they have, at the last learning rate of the schedule (Han et al. 2015).</summary>
    FineTuning,
}

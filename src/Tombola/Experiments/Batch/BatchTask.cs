namespace Tombola.Experiments.Batch;

/// <summary>How a scheduler says a task stands.</summary>
public enum BatchCondition
{
    /// <summary>Waits for others or for a machine; also after a restart.</summary>
    Queued,

    /// <summary>In the queue, but kept back until somebody releases it.</summary>
    Held,

    /// <summary>On a machine.</summary>
    Running,

    /// <summary>Ended, well or not: what came of it stands in the run store.</summary>
    Ended,

    /// <summary>Taken out of the queue by somebody, or because a task that it needs failed.</summary>
    Cancelled,
}

/// <summary>A task as a scheduler knows it.</summary>
/// <param name="Token">The <see cref="BatchJob.Token"/> of its job.</param>
/// <param name="Job">What the scheduler calls its job.</param>
/// <param name="Number">Its number in the job, from 0.</param>
/// <param name="Condition">How it stands.</param>
/// <param name="Detail">The scheduler's own words for that.</param>
public sealed record BatchTask(string Token, string Job, int Number, BatchCondition Condition, string Detail)
{
    /// <summary>Whether it is queued, held or running.</summary>
    public bool IsLive => Condition is BatchCondition.Queued or BatchCondition.Held or BatchCondition.Running;

    /// <summary>What people call it, for example <c>job 17_3</c>.</summary>
    public string Title => FormattableString.Invariant($"job {Job}_{Number}");
}

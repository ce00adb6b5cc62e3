namespace Tombola.Optim;

/// <summary>How the learning rate changes over a training.</summary>
public sealed record ScheduleOptions
{
    /// <summary>The schedule, by its name in <see cref="LearningRateSchedule.All"/>.</summary>
    /// <value>Default <c>constant</c>.</value>
    public string Name { get; init; } = "constant";

    /// <summary>The steps at which the rate drops.</summary>
    /// <value>Default none; from 1 on, ascending. Only for <c>step</c>.</value>
    public IReadOnlyList<long> Milestones { get; init; } = [];

    /// <summary>What multiplies the rate: at each milestone, or over the whole of an exponential decay.</summary>
    /// <value>Default 0.1; more than 0. Only for <c>step</c> and <c>exponential</c>.</value>
    public double Factor { get; init; } = 0.1;

    /// <summary>Steps over which the rate first rises in a line from 0.</summary>
    /// <value>Default 0, no warm-up.</value>
    public long WarmUp { get; init; }

    /// <summary>The rate at the end of a cosine.</summary>
    /// <value>Default 0; zero or more. Only for <c>cosine</c>.</value>
    public double Final { get; init; }
}

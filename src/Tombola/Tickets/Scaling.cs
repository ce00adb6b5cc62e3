namespace Tombola.Tickets;

/// <summary>Shrinks experiments: fewer steps and trials, everything else alike, marked in the name.</summary>
public static class Scaling
{
    // Early stopping needs curves: however short a training, it is evaluated this often at least.
    private const int LeastEvaluations = 20;

    /// <summary>Shrinks an experiment.</summary>
    /// <remarks>
    /// Steps, trials, rewinding and retraining steps, milestones and the warm-up are multiplied and rounded, midpoints
    /// away from zero, to one or more where there must be one; the evaluation interval shrinks only where fewer than 20
    /// evaluations would be left. Levels, batch and learning rate stay.
    /// </remarks>
    /// <param name="experiment">The experiment at its own scale.</param>
    /// <param name="scale">More than 0, at most 1, which changes nothing.</param>
    /// <exception cref="InputException">The scale is out of range.</exception>
    public static TicketExperiment Apply(TicketExperiment experiment, double scale)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        var (training, schedule) = (experiment.Training, experiment.Training.Schedule);
        var steps = Math.Max(1, Scaled(training.Steps, scale));
        return scale == 1 ? experiment : experiment with
        {
            Name = NameOf(experiment.Name, scale),
            Scale = scale * experiment.Scale,
            Trials = (int)Math.Max(1, Scaled(experiment.Trials, scale)),
            RewindStep = Math.Min(steps - 1, Scaled(experiment.RewindStep, scale)),
            RewindEpoch = experiment.RewindEpoch * scale,
            Retraining = Scaled(experiment.Retraining, scale),
            Training = training with
            {
                Steps = steps,
                EvaluateEvery = Math.Min(training.EvaluateEvery, Math.Max(1, steps / LeastEvaluations)),
                Schedule = schedule with
                {
                    Milestones = [.. schedule.Milestones.Select(step => Math.Max(1, Scaled(step, scale))).Distinct()],
                    WarmUp = Scaled(schedule.WarmUp, scale),
                },
            },
        };
    }

    /// <summary>Marks a name.</summary>
    /// <exception cref="InputException">The scale is out of range.</exception>
    internal static string NameOf(string name, double scale)
    {
        if (scale is not (> 0 and <= 1))
            throw new InputException(FormattableString.Invariant($"Scale {scale}: expected more than 0, at most 1."));
        return scale == 1 ? name : FormattableString.Invariant($"{name}-scale-{scale}");
    }

    private static RetrainingOptions? Scaled(RetrainingOptions? retraining, double scale) =>
        retraining?.Steps is { } steps ? retraining with { Steps = Math.Max(1, Scaled(steps, scale)) } : retraining;

    /// <summary>Multiplies a count and rounds, midpoints away from zero.</summary>
    internal static long Scaled(long count, double scale) =>
        (long)Math.Round((decimal)scale * count, MidpointRounding.AwayFromZero);
}

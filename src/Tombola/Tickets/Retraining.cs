using Tombola.Optim;

namespace Tombola.Tickets;

/// <summary>Where in the training the pruned networks of an experiment begin again, and with what.</summary>
/// <param name="KeepStep">The step whose weights the dense training keeps for tickets and controls.</param>
/// <param name="FirstStep">The step at which tickets begin.</param>
/// <param name="FromTrained">Whether they begin with the weights that were pruned.</param>
internal sealed record Retraining(long KeepStep, long FirstStep, bool FromTrained)
{
    /// <summary>Reads it off an experiment.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="examples">Training examples, validation apart, of which epochs are counted in batches.</param>
    /// <exception cref="InputException">An epoch to rewind to is beyond the end of training.</exception>
    internal static Retraining Of(TicketExperiment experiment, int examples)
    {
        var (steps, options) = (experiment.Training.Steps, experiment.Retraining ?? new RetrainingOptions());
        var rewound = options.Steps is { } t ? steps - t : RewindStep(experiment, examples);
        return options.Method switch
        {
            RetrainingMethod.WeightRewinding => new Retraining(rewound, rewound, FromTrained: false),
            RetrainingMethod.LearningRateRewinding => new Retraining(0, rewound, FromTrained: true),
            _ => new Retraining(0, steps, FromTrained: true),
        };
    }

    /// <summary>Turns the recipe of a whole training into that of a ticket.</summary>
    internal TrainRecipe Apply(TrainRecipe recipe, RetrainingOptions? options)
    {
        if (options is { Method: RetrainingMethod.FineTuning, Steps: { } t })
        {
            var training = recipe.Training;
            var schedule = LearningRateSchedule.Create(
                training.Schedule, training.Optimizer.LearningRate, training.Steps);
            var last = training.Optimizer with { LearningRate = schedule.At(training.Steps - 1) };
            recipe = recipe with
            {
                Training = training with
                {
                    Steps = training.Steps + t, Optimizer = last, Schedule = new ScheduleOptions(),
                },
            };
        }

        return recipe with { FirstStep = FirstStep, FromTrained = FromTrained };
    }

    private static long RewindStep(TicketExperiment experiment, int examples)
    {
        if (experiment.RewindEpoch is not { } epoch)
            return experiment.RewindStep;
        var step = (long)Math.Round(
            (decimal)epoch * (examples / experiment.Training.Batch), MidpointRounding.AwayFromZero);
        return step < experiment.Training.Steps
            ? step
            : throw new InputException(FormattableString.Invariant(
                $"rewind-epoch: expected less than the whole training; epoch {epoch} is step {step} of the ")
                + FormattableString.Invariant($"{experiment.Training.Steps} of training.steps."));
    }
}

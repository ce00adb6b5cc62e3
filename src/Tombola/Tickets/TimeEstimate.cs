using System.Diagnostics;
using Tombola.Data;
using Tombola.Data.Augmentations;
using Tombola.Nn.Models;
using Tombola.Numerics.Threads;
using Tombola.Training;

namespace Tombola.Tickets;

/// <summary>Estimates how long an experiment takes, from a few steps and evaluations of its dense network.</summary>
/// <remarks>An upper bound in practice: pruned networks train faster, and the estimate does not count on it.</remarks>
/// <param name="SecondsPerStep">One optimizer step of the dense network.</param>
/// <param name="SecondsPerEvaluation">One evaluation on validation and test set.</param>
public sealed record TimeEstimate(double SecondsPerStep, double SecondsPerEvaluation)
{
    private const int Steps = 30;
    private const int SampleExamples = 1024;

    // Long enough for the just-in-time compiler to have optimised the kernels.
    private const double WarmUpSeconds = 0.5;

    /// <summary>Measures on the experiment's own data, in about a second.</summary>
    /// <param name="experiment">What would be run.</param>
    /// <param name="data">Its examples.</param>
    /// <param name="threads">Threads of a training.</param>
    public static TimeEstimate Measure(TicketExperiment experiment, DataSplit data, int threads)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(data);
        using var model = ModelRegistry.Create(experiment.Model, data.Train.ExampleShape, data.Train.Classes);
        model.Initialise(experiment.Seed);
        using var team = new ThreadTeam(threads);
        using var trainer = new Trainer(
            model, data, Normalisation.Unit, experiment.Training, experiment.Seed, team,
            augmentation: AugmentationRegistry.Get(experiment.Data.Augment));
        var (step, seconds) = (0L, 0.0);
        var warmingUp = Stopwatch.StartNew();
        do
        {
            var watch = Stopwatch.StartNew();
            var done = 0;
            for (; done < Steps && watch.Elapsed.TotalSeconds < WarmUpSeconds; done++)
                trainer.Step(step++, experiment.Training.Optimizer.LearningRate);
            seconds = watch.Elapsed.TotalSeconds / done; // The last round counts; the others warm up.
        }
        while (warmingUp.Elapsed.TotalSeconds < WarmUpSeconds);

        using var evaluator = new Evaluator(model, Normalisation.Unit, team);
        var sample = data.Validation.Select([.. Enumerable.Range(0, Math.Min(SampleExamples, data.Validation.Count))]);
        evaluator.Run(sample);
        var evaluating = Stopwatch.StartNew();
        evaluator.Run(sample);
        var examples = (double)data.Validation.Count + data.Test.Count;
        return new TimeEstimate(seconds, evaluating.Elapsed.TotalSeconds * examples / sample.Count);
    }

    /// <summary>Adds up a number of trainings.</summary>
    /// <param name="training">Steps and evaluation interval.</param>
    /// <param name="trainings">How many there are to compute.</param>
    /// <param name="chain">How many of them must follow one another, each waiting for the one before.</param>
    /// <param name="atATime">How many run at a time, each on cores of its own.</param>
    public TimeSpan Of(TrainingOptions training, int trainings, int chain, int atATime)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(atATime);
        var evaluations = 2 + (training.Steps / training.EvaluateEvery);
        var each = (training.Steps * SecondsPerStep) + (evaluations * SecondsPerEvaluation);
        return TimeSpan.FromSeconds(each * Math.Max(chain, (double)trainings / atATime));
    }
}

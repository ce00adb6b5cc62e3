using System.Diagnostics;
using Tombola.Data;
using Tombola.Data.Augmentations;
using Tombola.Nn.Models;
using Tombola.Numerics.Threads;
using Tombola.Training;

namespace Tombola.Tickets;

/// <summary>Measures how fast a network of an experiment trains, by a few of its own steps and evaluations.</summary>
internal static class PaceMeasurement
{
    private const int MostExamples = 1024;
    private const int ChunkExamples = 64;

    // Small networks need it for the just-in-time compiler to optimise all that is around the kernels.
    private static readonly TimeSpan StepTime = TimeSpan.FromSeconds(0.7);
    private static readonly TimeSpan EvaluationTime = TimeSpan.FromSeconds(0.2);

    // Below it a reading of the processor's time says little.
    private static readonly TimeSpan LeastRound = TimeSpan.FromMilliseconds(20);

    /// <summary>Measures; takes about a second, or as long as a few steps.</summary>
    /// <param name="experiment">What would be run.</param>
    /// <param name="data">Its examples.</param>
    /// <param name="densities">For each prunable layer the fraction of weights that survives.</param>
    /// <param name="compressBelow">The density at and below which a layer is compressed; missing where never.</param>
    /// <param name="threads">Threads of a training.</param>
    internal static TrainingPace Run(
        TicketExperiment experiment, DataSplit data, IReadOnlyList<double> densities,
        IReadOnlyDictionary<string, double> compressBelow, int threads)
    {
        var training = experiment.Training;
        using var model = ModelRegistry.Create(experiment.Model, data.Train.ExampleShape, data.Train.Classes);
        for (var i = 0; i < densities.Count; i++)
        {
            if (densities[i] < 1)
                model.Layers[i].Weight.SetMask(RandomMask.Draw(model.Layers[i].Weight, densities[i]));
        }

        model.Initialise(experiment.Seed);
        model.TrainOnly(training.TrainOnly);
        var inputsRead = model.Compress(
            weight => weight.Mask!.Density <= compressBelow.GetValueOrDefault(weight.Name));
        using var team = new ThreadTeam(threads);
        using var trainer = new Trainer(
            model, data, Normalisation.Unit, training, experiment.Seed, team, inputsRead,
            AugmentationRegistry.Get(experiment.Data.Augment));
        var step = 0L;
        var secondsPerStep = Seconds(() => trainer.Step(step++, training.Optimizer.LearningRate), StepTime);

        using var evaluator = new Evaluator(model, Normalisation.Unit, team);
        // A third of a step is its forward pass: enough examples to fill the time, no more.
        var fitting = EvaluationTime.TotalSeconds / (secondsPerStep / (3 * training.Batch));
        var examples = (int)Math.Clamp(fitting, ChunkExamples, MostExamples) / ChunkExamples * ChunkExamples;
        var sample = data.Validation.Select([.. Enumerable.Range(0, Math.Min(examples, data.Validation.Count))]);
        var evaluation = Seconds(() => evaluator.Run(sample), EvaluationTime);
        return new TrainingPace(secondsPerStep, evaluation / sample.Count);
    }

    /// <summary>Times an action: the best of rounds that take a while together, the first call left out.</summary>
    /// <remarks>
    /// The processor's time counts where it is less than the clock's, so that other work on the machine counts for
    /// nothing, and neither do pages and code that the first call has to prepare.
    /// </remarks>
    private static double Seconds(Action action, TimeSpan time)
    {
        action();
        var (best, total) = (double.MaxValue, TimeSpan.Zero);
        for (var times = 1; best == double.MaxValue || total < time; times *= 2)
        {
            var (before, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
            for (var i = 0; i < times; i++)
                action();
            var used = Environment.CpuUsage.TotalTime - before;
            var spent = used < watch.Elapsed ? used : watch.Elapsed;
            if (spent >= LeastRound)
                best = Math.Min(best, spent.TotalSeconds / times);
            total += spent;
        }

        return best;
    }
}

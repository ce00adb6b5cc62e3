using System.Diagnostics;
using Tombola.Data;
using Tombola.Nn.Models;
using Tombola.Numerics.Dense;
using Tombola.Numerics.Threads;

namespace Tombola.Training;

/// <summary>Times training steps.</summary>
public static class StepBenchmark
{
    private const int WarmUpSteps = 60;
    private const int RunSteps = 20;
    private static readonly TimeSpan LeastWarmUp = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan MostWarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RunTime = TimeSpan.FromMilliseconds(50);

    /// <summary>Times one configuration.</summary>
    /// <param name="options">What to time.</param>
    /// <param name="data">The examples; their labels are used as they are.</param>
    /// <param name="peak">Floating-point operations a second of one core, from <see cref="MeasurePeak"/>.</param>
    /// <param name="breakEven">Decides which weights are compressed.</param>
    public static StepTiming Run(StepBenchmarkOptions options, DataSplit data, double peak, BreakEven breakEven)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(breakEven);
        using var model = ModelRegistry.Create(options.Model, data.Train.ExampleShape, data.Train.Classes);
        Prune(model, options);
        model.Initialise(new Seed(1));
        var inputsRead = model.Compress(
            weight => weight.Mask!.Density <= breakEven.Of(weight.Shape, options.Training.Batch));
        using var team = new ThreadTeam(options.Threads);
        using var trainer = new Trainer(
            model, data, Normalisation.Unit, options.Training, new Seed(2), team, inputsRead);
        var ms = MedianMilliseconds(trainer, options);
        var flops = FlopsPerStep(model, options.Training.Batch);
        return new StepTiming(
            options.Model.Name, DensityOf(model), options.Threads, ms, flops,
            flops / (ms / 1e3) / (peak * options.Threads), trainer.StateBytes);
    }

    /// <summary>Measures the fused multiply-adds that one core does from registers.</summary>
    /// <returns>Floating-point operations a second, the best of a few runs.</returns>
    public static double MeasurePeak()
    {
        const int rounds = 2_000_000;
        var best = double.MaxValue;
        for (var run = 0; run < 8; run++)
        {
            var watch = Stopwatch.StartNew();
            FmaPeak.Run(rounds);
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        return (double)rounds * FmaPeak.FlopsPerRound / best;
    }

    private static double MedianMilliseconds(Trainer trainer, StepBenchmarkOptions options)
    {
        long step = 0;
        var warmUp = Stopwatch.StartNew();
        while ((step < WarmUpSteps && warmUp.Elapsed < MostWarmUp) || warmUp.Elapsed < LeastWarmUp)
            trainer.Step(step++, options.Training.Optimizer.LearningRate);
        var runSteps = (int)Math.Clamp(RunTime.TotalSeconds * step / warmUp.Elapsed.TotalSeconds, 1, RunSteps);
        var times = new List<double>();
        var total = Stopwatch.StartNew();
        while (total.Elapsed < options.Duration || times.Count < 3)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < runSteps; i++)
                trainer.Step(step++, options.Training.Optimizer.LearningRate);
            times.Add(watch.Elapsed.TotalMilliseconds / runSteps);
        }

        times.Sort();
        return times[times.Count / 2];
    }

    // Shortcuts, and the output layer behind convolutions, are left alone as in the papers' residual networks and VGG.
    private static bool IsPruned(Model model, LayerInfo layer) =>
        layer.Kind != LayerKind.Shortcut
        && (layer.Kind != LayerKind.Output || !model.Layers.Any(other => other.Kind == LayerKind.Convolution)
            || model.Layers.Any(other => other.Kind == LayerKind.FullyConnected));

    private static void Prune(Model model, StepBenchmarkOptions options)
    {
        foreach (var layer in model.Layers)
        {
            var weight = layer.Weight;
            if (options.Masks is not null)
                weight.SetMask(options.Masks.GetValueOrDefault(weight.Name));
            else if (options.Density < 1 && IsPruned(model, layer))
                weight.SetMask(RandomMask.Draw(weight, options.Density));
        }
    }

    private static double DensityOf(Model model)
    {
        var weights = model.Layers.Select(layer => layer.Weight).ToArray();
        return weights.Sum(weight => (double)(weight.Mask?.Survivors ?? weight.Shape.Count))
            / weights.Sum(weight => (double)weight.Shape.Count);
    }

    /// <summary>
    /// Two operations a surviving weight and example in each product; the first layer needs no input gradient.
    /// </summary>
    private static double FlopsPerStep(Model model, int batch)
    {
        var flops = 0.0;
        for (var i = 0; i < model.Layers.Count; i++)
        {
            var weight = model.Layers[i].Weight;
            var survivors = weight.Mask?.Survivors ?? weight.Shape.Count;
            flops += 2.0 * survivors * batch * model.Layers[i].Positions * (i == 0 ? 2 : 3);
        }

        return flops;
    }
}

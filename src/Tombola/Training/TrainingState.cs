using Tombola.Formats;
using Tombola.Nn;
using Tombola.Optim;
using Tombola.Tensors;

namespace Tombola.Training;

/// <summary>The state of a training between two steps, as the files of a checkpoint.</summary>
/// <remarks>
/// <c>model.safetensors</c> and <c>optimizer.safetensors</c> hold every number exactly, <c>best.safetensors</c> the
/// weights of the early stop so far, <c>curves.csv</c> the evaluations, <c>state.json</c> the rest. There is no state
/// of random generators to keep: random numbers are addressed by step. Weights are stored whole, optimizer state in
/// the length that it has in memory, which for compressed weights is that of the survivors.
/// </remarks>
internal static class TrainingState
{
    private const string ModelFile = "model.safetensors";
    private const string OptimizerFile = "optimizer.safetensors";
    private const string BestFile = "best.safetensors";
    private const string StateFile = "state.json";

    /// <summary>Raised whenever files of an older Tombola could not be gone on from with the same bits.</summary>
    private const int Version = 2;

    /// <summary>Writes the state into a folder.</summary>
    internal static void Write(string folder, long step, Module model, Optimizer optimizer, LogState log)
    {
        Safetensors.Write(Path.Combine(folder, ModelFile), TensorsOf(model));
        Safetensors.Write(
            Path.Combine(folder, OptimizerFile),
            [.. optimizer.State.Select(state => NamedTensor.OfFloats(
                state.Name, new Shape(state.Values.Length), state.Values.Span))]);
        log.BestWeights?.Save(Path.Combine(folder, BestFile));
        TrainingFiles.WriteCurve(folder, log.Curve);
        var numbers = new Numbers(
            Version, step, optimizer.StepCount, log.Best, log.LossSum, log.Losses, log.Seconds, log.EvaluationSeconds,
            log.CheckpointSeconds);
        File.WriteAllText(Path.Combine(folder, StateFile), CanonicalJson.Pretty(numbers));
    }

    /// <summary>Reads a state and sets model and optimizer to it, or leaves them as they are.</summary>
    /// <returns>The step and the log's state, or null where the files belong to another training.</returns>
    internal static (long Step, LogState Log)? Restore(string folder, Module model, Optimizer optimizer)
    {
        try
        {
            var numbers = CanonicalJson.ReadFile<Numbers>(Path.Combine(folder, StateFile));
            if (numbers.Version != Version)
                return null;
            var curve = TrainingFiles.ReadCurve(folder);
            var best = numbers.Best < 0 ? null : Weights.Load(Path.Combine(folder, BestFile));
            var tensors = Safetensors.Read(Path.Combine(folder, ModelFile));
            var states = Safetensors.Read(Path.Combine(folder, OptimizerFile));
            float[][] values = [.. optimizer.State.Select(state => states[state.Name].ToFloats())];
            if (numbers.Best >= curve.Count
                || values.Zip(optimizer.State).Any(pair => pair.First.Length != pair.Second.Values.Length))
            {
                return null;
            }

            SetTensors(model, tensors);
            for (var i = 0; i < values.Length; i++)
                values[i].CopyTo(optimizer.State[i].Values.Span);
            optimizer.StepCount = numbers.OptimizerSteps;
            return (numbers.Step, new LogState(
                curve, numbers.Best, best, numbers.LossSum, numbers.Losses, numbers.Seconds, numbers.EvaluationSeconds,
                numbers.CheckpointSeconds));
        }
        catch (InputException)
        {
            return null;
        }
    }

    // The one place that says what a module carries from step to step: its parameters, those that are not trained but
    // moved by the passes, such as running statistics, among them.
    private static IReadOnlyList<NamedTensor> TensorsOf(Module model) => Weights.Capture(model).ToTensors();

    private static void SetTensors(Module model, SafetensorsFile tensors) =>
        Weights.FromTensors(tensors.Tensors).Restore(model);

    private sealed record Numbers(
        int Version, long Step, long OptimizerSteps, int Best, double LossSum, long Losses, double Seconds,
        double EvaluationSeconds, double CheckpointSeconds);
}

using Tombola.Experiments;
using Tombola.Formats;
using Tombola.Numerics.Population;
using Tombola.Numerics.Threads;
using Tombola.Pruning.Units;
using Tombola.Tensors;

namespace Tombola.Tickets.Xor;

/// <summary>The stage that trains a population: fresh networks, or the units that pruning left of another's.</summary>
/// <remarks>
/// Leaves <c>trials.csv</c>, a row a network; <c>start.safetensors</c> and <c>final.safetensors</c>, the weights before
/// and after training; and, of pruned networks, <c>mask.safetensors</c>: which units of the first ones they still have.
/// </remarks>
internal static class XorStage
{
    internal const string Kind = "train-xor";
    internal const string TrialsFile = "trials.csv";
    internal const string StartFile = "start.safetensors";
    internal const string FinalFile = "final.safetensors";
    internal const string MaskFile = "mask.safetensors";

    private const string Mask = "hidden";
    private const int Reports = 20;

    private static readonly XorRecipe Defaults = new();

    /// <summary>Describes the stage.</summary>
    /// <param name="recipe">What to train.</param>
    /// <param name="label">For people.</param>
    /// <param name="parent">The training whose units are pruned and reset, or null for fresh networks.</param>
    /// <param name="threads">Threads of the training.</param>
    internal static Stage Create(XorRecipe recipe, string label, Stage? parent, int threads) => new(
        Kind, label, CanonicalJson.Write(recipe, Defaults), parent is null ? [] : [parent],
        work: (double)recipe.Training.Steps * recipe.Units * recipe.Trials,
        context => Run(recipe, parent is not null, threads, context));

    private static void Run(XorRecipe recipe, bool pruned, int threads, StageContext context)
    {
        var start = pruned
            ? Prune(recipe, context)
            : XorNetworks.Draw(recipe.Seed, recipe.Trials, recipe.Units, recipe.Training.Deviation);
        start.Save(Path.Combine(context.Folder, StartFile));
        using var team = new ThreadTeam(threads);
        using var population = start.ToPopulation();
        Train(population, recipe.Training, team, context);
        XorNetworks.Of(population).Save(Path.Combine(context.Folder, FinalFile));
        XorTrials.Write(Path.Combine(context.Folder, TrialsFile), XorTrials.Of(population, team));
    }

    private static void Train(
        NetworkPopulation population, XorTrainingOptions training, ThreadTeam team, StageContext context)
    {
        var part = Math.Max(1, training.Steps / Reports);
        for (var step = 0; step < training.Steps; step += part)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            population.Descend(
                team, Math.Min(part, training.Steps - step), training.LearningRate, training.HiddenBiases);
            var loss = XorTrials.Of(population, team).Average(trial => trial.Loss);
            context.Report(new StageProgress(
                Math.Min(step + part, training.Steps), training.Steps,
                FormattableString.Invariant($"mean loss {loss:0.0000}"), loss));
        }
    }

    /// <summary>
    /// Ranks units by their weights after training, and resets those that stay to their initial values.
    /// </summary>
    private static XorNetworks Prune(XorRecipe recipe, StageContext context)
    {
        var parent = context.ParentFolders[0];
        var (start, final) = (
            XorNetworks.Load(Path.Combine(parent, StartFile)), XorNetworks.Load(Path.Combine(parent, FinalFile)));
        var score = UnitScoreRegistry.Get(recipe.Score);
        int[][] kept =
        [
            .. Enumerable.Range(0, final.Trials).Select(trial => UnitPruner.Keep(
                [.. Enumerable.Range(0, final.Units).Select(
                    unit => score.Score(final.Incoming(trial, unit), final.Outgoing(trial, unit)))],
                recipe.Units)),
        ];
        SaveMask(Path.Combine(parent, MaskFile), final.Units, kept, Path.Combine(context.Folder, MaskFile));
        return start.Keep(kept);
    }

    private static void SaveMask(string parentFile, int parentUnits, int[][] kept, string path)
    {
        var parent = File.Exists(parentFile) ? Safetensors.Read(parentFile)[Mask] : null;
        var units = parent?.Shape[1] ?? parentUnits;
        var before = parent?.ToBooleans();
        var mask = new bool[kept.Length * units];
        for (var trial = 0; trial < kept.Length; trial++)
        {
            var row = trial * units;
            int[] left = [.. Enumerable.Range(0, units).Where(unit => before is null || before[row + unit])];
            foreach (var position in kept[trial])
                mask[row + left[position]] = true;
        }

        Safetensors.Write(path, [NamedTensor.OfBooleans(Mask, new Shape(kept.Length, units), mask)]);
    }
}

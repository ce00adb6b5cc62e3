using Tombola.Experiments;
using Tombola.Formats;
using Tombola.Pruning;
using Tombola.Pruning.Units;
using Tombola.Tensors;
using Tombola.Training;

namespace Tombola.Tickets;

/// <summary>The stage that makes the mask of a level from a trained network.</summary>
/// <remarks>Leaves <c>mask.safetensors</c>, one boolean tensor a prunable parameter.</remarks>
internal static class PruneStage
{
    internal const string Kind = "prune";
    internal const string MaskFile = "mask.safetensors";

    private static readonly PruneRecipe Defaults = new();

    /// <summary>Describes the stage.</summary>
    /// <param name="recipe">How to prune.</param>
    /// <param name="label">For people.</param>
    /// <param name="layers">The prunable layers of the model.</param>
    /// <param name="trained">The training that is pruned.</param>
    /// <param name="dense">The dense training, for the weights before training.</param>
    /// <param name="previous">The pruning that the trained network had already, or null for the dense one.</param>
    internal static Stage Create(
        PruneRecipe recipe, string label, IReadOnlyList<PrunableLayer> layers, Stage trained, Stage dense,
        Stage? previous)
    {
        Stage[] parents = previous is null ? [trained, dense] : [trained, dense, previous];
        return new Stage(
            Kind, label, CanonicalJson.Write(recipe, Defaults), parents, work: 0,
            context => Run(recipe, layers, context));
    }

    /// <summary>Finds the dense training among the parents of such a stage.</summary>
    internal static StageId DenseOf(IReadOnlyList<StageId> parents) => parents[1];

    /// <summary>Reads the masks that the stage left.</summary>
    internal static IReadOnlyDictionary<string, Mask> ReadMasks(string folder) =>
        Ticket.LoadMasks(Path.Combine(folder, MaskFile));

    /// <summary>Reads the masks of a control that has its own.</summary>
    /// <returns>Null where the stage left none.</returns>
    internal static IReadOnlyDictionary<string, Mask>? TryReadMasks(string folder) =>
        File.Exists(Path.Combine(folder, MaskFile)) ? ReadMasks(folder) : null;

    /// <summary>Writes masks, of a level or of a control that has its own.</summary>
    internal static void WriteMasks(string folder, IEnumerable<(string Name, Mask Mask)> masks) =>
        Ticket.SaveMasks(Path.Combine(folder, MaskFile), masks);

    private static void Run(PruneRecipe recipe, IReadOnlyList<PrunableLayer> layers, StageContext context)
    {
        var parents = context.ParentFolders;
        if (TrainingFiles.ReadResult(parents[0]).DivergedAt is { } step)
            throw TrialEndException.Diverged(step);
        var final = Weights.Load(Path.Combine(parents[0], TrainStage.FinalFile));
        var initial = Weights.Load(Path.Combine(parents[1], TrainStage.StartFile));
        var masks = parents.Count > 2 ? ReadMasks(parents[2]) : null;
        var options = recipe.Pruning;
        LayerWeights[] weights =
        [
            .. layers.Select(layer => new LayerWeights(
                layer.Name, masks?[layer.Name] ?? Mask.Full(layer.Shape), initial[layer.Name], final[layer.Name],
                layer.RateOf(options))),
        ];
        if (options.Granularity == PruningGranularity.Unit)
        {
            LayerWeights[] rated =
                [.. weights.Zip(layers, (w, layer) => layer.IsPrunedBy(options) ? w : w with { Rate = 0 })];
            var units = UnitPruning.Prune(rated, UnitScoreRegistry.Get(options.UnitScore), recipe.Rounds);
            Keep(context.Folder, weights.Zip(units, (layer, mask) => (layer.Name, mask)));
            return;
        }

        LayerWeights[] chosen = [.. weights.Where((_, i) => layers[i].IsPrunedBy(options))];
        if (options.Scope == PruningScope.Global)
        {
            var rate = PrunableLayer.GlobalRate(layers.Where(layer => layer.IsPrunedBy(options)), options);
            chosen = [.. chosen.Select(layer => layer with { Rate = rate })];
        }

        var pruner = new Pruner(CriterionRegistry.Get(options.Criterion), options.Scope);
        var pruned = chosen.Zip(pruner.Prune(chosen, recipe.Rounds, recipe.Seed))
            .ToDictionary(pair => pair.First.Name, pair => pair.Second);
        Keep(
            context.Folder, weights.Select(layer => (layer.Name, pruned.GetValueOrDefault(layer.Name, layer.Mask))));
    }

    private static void Keep(string folder, IEnumerable<(string Name, Mask Mask)> masks)
    {
        var all = masks.ToArray();
        if (all.FirstOrDefault(layer => layer.Mask.Survivors == 0).Name is { } empty)
            throw TrialEndException.Collapsed(empty);
        WriteMasks(folder, all);
    }
}

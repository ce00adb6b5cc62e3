using Tombola.Data;
using Tombola.Data.Augmentations;
using Tombola.Experiments;
using Tombola.Formats;
using Tombola.Nn.Models;
using Tombola.Numerics.Threads;
using Tombola.Tensors;
using Tombola.Tickets.Controls;
using Tombola.Training;

namespace Tombola.Tickets;

/// <summary>The stage that trains one network of an experiment: dense, ticket or control.</summary>
/// <remarks>
/// Leaves <c>curves.csv</c>, <c>result.json</c> and <c>final.safetensors</c>; the dense network also
/// <c>start.safetensors</c>, the weights that tickets rewind to, and a control with a mask of its own
/// <c>mask.safetensors</c>.
/// </remarks>
internal static class TrainStage
{
    internal const string Kind = "train";
    internal const string StartFile = "start.safetensors";
    internal const string FinalFile = "final.safetensors";

    private static readonly TrainRecipe Defaults = new();

    /// <summary>Describes the stage.</summary>
    /// <param name="recipe">What to train.</param>
    /// <param name="label">For people.</param>
    /// <param name="prune">The stage that made the mask, or null for the dense network.</param>
    /// <param name="start">The stage whose weights to start from, or null for those of the initialiser.</param>
    /// <param name="data">The examples; loaded when first needed.</param>
    /// <param name="threads">Threads of the training.</param>
    internal static Stage Create(
        TrainRecipe recipe, string label, Stage? prune, Stage? start, Lazy<DataSplit> data, int threads)
    {
        Stage[] parents = [.. new[] { prune, start }.OfType<Stage>()];
        return new Stage(
            Kind, label, CanonicalJson.Write(recipe, Defaults), parents,
            work: recipe.Training.Steps - recipe.FirstStep,
            context => Run(recipe, prune is not null, start is not null, data.Value, threads, context));
    }

    private static void Run(
        TrainRecipe recipe, bool pruned, bool started, DataSplit data, int threads, StageContext context)
    {
        using var model = ModelRegistry.Create(recipe.Model, data.Train.ExampleShape, data.Train.Classes);
        TicketOf(recipe, model, pruned, started, context).ApplyTo(model);
        model.TrainOnly(recipe.Training.TrainOnly);
        var inputsRead = model.Compress(
            weight => weight.Mask!.Density <= recipe.CompressBelow.GetValueOrDefault(weight.Name));
        using var team = new ThreadTeam(threads);
        using var trainer = new Trainer(
            model, data, recipe.Data.Normalisation, recipe.Training, recipe.DataOrder, team, inputsRead,
            AugmentationRegistry.Get(recipe.Data.Augment))
        {
            Checkpoints = new TrainingCheckpoints(
                context.Checkpoints.Latest, () => context.Checkpoints.IsDue, context.Checkpoints.Save),
        };
        if (recipe.KeepStep == recipe.FirstStep)
            Weights.Capture(model).Save(Path.Combine(context.Folder, StartFile));
        trainer.StepDone = step =>
        {
            if (step == recipe.KeepStep)
                Weights.Capture(model).Save(Path.Combine(context.Folder, StartFile));
        };
        var result = trainer.Run(
            recipe.FirstStep,
            point => context.Report(new StageProgress(
                point.Step - recipe.FirstStep, recipe.Training.Steps - recipe.FirstStep,
                FormattableString.Invariant($"test {point.TestAccuracy:P2}"), point.TestAccuracy)),
            context.Cancellation);
        TrainingFiles.Write(context.Folder, result with { MultiplyAdds = model.MultiplyAdds() });
        if (result.DivergedAt is null)
            Weights.Capture(model).Save(Path.Combine(context.Folder, FinalFile));
    }

    private static Ticket TicketOf(TrainRecipe recipe, Model model, bool pruned, bool started, StageContext context)
    {
        model.Initialise(recipe.Initialisation);
        var parents = context.ParentFolders;
        var startFile = recipe.FromTrained ? FinalFile : StartFile;
        var weights = started ? Weights.Load(Path.Combine(parents[^1], startFile)) : Weights.Capture(model);
        var masks = pruned ? PruneStage.ReadMasks(parents[0]) : new Dictionary<string, Mask>();
        var ticket = new Ticket(weights, masks);
        return recipe.Control.Length == 0 ? ticket : ControlOf(ticket, recipe, model, context.Folder);
    }

    private static Ticket ControlOf(Ticket ticket, TrainRecipe recipe, Model model, string folder)
    {
        var input = new ControlInput(ticket, model, recipe.ControlSeed, recipe.ControlScale);
        var changed = ControlRegistry.Get(recipe.Control).Apply(input);
        if (!ReferenceEquals(changed.Masks, ticket.Masks))
            PruneStage.WriteMasks(folder, changed.Masks.Select(pair => (pair.Key, pair.Value)));
        return recipe.ControlKeepsSigns ? Signs.Keep(changed, ticket) : changed;
    }
}

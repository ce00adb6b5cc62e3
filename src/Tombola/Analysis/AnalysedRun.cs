using Tombola.Experiments;
using Tombola.Formats;
using Tombola.Tensors;
using Tombola.Tickets;
using Tombola.Training;

namespace Tombola.Analysis;

/// <summary>A finished run, opened for analysis: its trainings, and their masks and weights when asked for.</summary>
/// <remarks>Nothing is written. Weights and masks are read anew at each call and not kept. Not thread-safe.</remarks>
public sealed class AnalysedRun
{
    private readonly StageReader _stages;

    private AnalysedRun(string folder, IReadOnlyList<AnalysedTraining> trainings)
    {
        (Folder, Trainings) = (folder, trainings);
        _stages = new StageReader(Path.GetDirectoryName(folder)!);
    }

    /// <summary>The folder of the run, as an absolute path.</summary>
    public string Folder { get; }

    /// <summary>The name of the run: that of its folder.</summary>
    public string Name => Path.GetFileName(Folder);

    /// <summary>The trainings that went through, in the order of <c>results.csv</c>.</summary>
    public IReadOnlyList<AnalysedTraining> Trainings { get; }

    /// <summary>Opens a run.</summary>
    /// <param name="folder">From <see cref="RunFolder.Find"/>; it lies in the run store it was computed in.</param>
    /// <exception cref="InputException">
    /// The run is of another kind, its results are missing or damaged, or no training went through.
    /// </exception>
    public static AnalysedRun Open(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (ExperimentKind.OfRun(path) is var kind && kind != ExperimentKind.Tickets)
        {
            throw new InputException(
                $"{path}: analyses look at tickets, and this is a run of kind '{kind}'; see 'tombola show'.");
        }

        var results = RunFolder.ReadResults(path);
        AnalysedTraining[] trainings = [.. results.Rows.Select(AnalysedTraining.Of).OfType<AnalysedTraining>()];
        return trainings.Length > 0
            ? new AnalysedRun(path, trainings)
            : throw new InputException($"{results.Path}: no training went through, so there is nothing to analyse.");
    }

    /// <summary>The main line: dense networks and tickets, trial by trial and level by level.</summary>
    internal IEnumerable<AnalysedTraining> Tickets => Trainings.Where(training => training.IsTicket);

    /// <summary>The tickets that have been pruned.</summary>
    /// <param name="analysis">Who asks, for the message.</param>
    /// <exception cref="InputException">There are none.</exception>
    internal IReadOnlyList<AnalysedTraining> PrunedTickets(string analysis)
    {
        AnalysedTraining[] pruned = [.. Tickets.Where(training => training.Level > 0)];
        return pruned.Length > 0
            ? pruned
            : throw new InputException(
                $"{Name}: {analysis} needs a pruned network; run the experiment with --levels 1 or more.");
    }

    /// <summary>Lists what has been pruned and has a mask that nobody else has: tickets, and some controls.</summary>
    /// <remarks>A control in several data orders has one mask, and counts once.</remarks>
    internal IEnumerable<AnalysedTraining> MaskBearers() => Trainings
        .Where(training => training.Level > 0 && (training.IsTicket || HasOwnMask(training)))
        .DistinctBy(training =>
        {
            var recipe = RecipeOf(training);
            var prune = PruneStageOf(training)?.Id;
            return (training.Experiment, training.Level, prune, recipe.Control, recipe.ControlSeed);
        });

    /// <summary>Reads the masks of a training, layer by layer; full ones for a dense network.</summary>
    /// <exception cref="InputException">A file is missing or damaged, or the run has no level above 0.</exception>
    internal IReadOnlyList<LayerMask> MasksOf(AnalysedTraining training)
    {
        if (MaskStageOf(training) is { } stage)
            return ReadMasks(stage);
        var pruned = Tickets.FirstOrDefault(
            other => other.Experiment == training.Experiment && MaskStageOf(other) is not null)
            ?? throw new InputException(
                $"{training.Label}: which weights are prunable is known from masks, and there are none; "
                + "run the experiment with --levels 1 or more.");
        return [.. MasksOf(pruned).Select(layer => layer with { Mask = Mask.Full(layer.Mask.Shape) })];
    }

    /// <summary>Whether a control changed the mask of its ticket.</summary>
    internal bool HasOwnMask(AnalysedTraining training) => File.Exists(Stage(training)[PruneStage.MaskFile]);

    /// <summary>Reads the weights that tickets of the trial rewind to: those of the dense network, early.</summary>
    /// <exception cref="InputException">The file is missing or damaged.</exception>
    internal Weights InitialOf(AnalysedTraining training) =>
        Weights.Load(DenseStageOf(training)[TrainStage.StartFile]);

    /// <summary>Reads the weights that a training, not that of a control, started from.</summary>
    /// <exception cref="InputException">The file is missing or damaged.</exception>
    internal Weights StartOf(AnalysedTraining training) =>
        RecipeOf(training).FromTrained
            ? Weights.Load(_stages.Read(Stage(training).Parents[^1])[TrainStage.FinalFile])
            : InitialOf(training);

    /// <summary>Reads the weights at the end of a training.</summary>
    /// <exception cref="InputException">The file is missing or damaged.</exception>
    internal Weights FinalOf(AnalysedTraining training) => Weights.Load(Stage(training)[TrainStage.FinalFile]);

    /// <summary>Reads the weights at the end of the dense training that a training's mask came from.</summary>
    /// <exception cref="InputException">The file is missing or damaged.</exception>
    internal Weights DenseFinalOf(AnalysedTraining training) =>
        Weights.Load(DenseStageOf(training)[TrainStage.FinalFile]);

    /// <summary>Finds the ticket that a control was made of: same level, and pruned by the same stage.</summary>
    /// <returns>Null where that ticket's training did not go through.</returns>
    internal AnalysedTraining? TicketOf(AnalysedTraining control) =>
        Tickets.FirstOrDefault(ticket => ArePrunedAlike(ticket, control));

    /// <summary>Reads the recipe of a training.</summary>
    internal TrainRecipe RecipeOf(AnalysedTraining training) => ReadRecipe(Stage(training));

    /// <summary>Reads the recipe of the dense training that a training's mask came from.</summary>
    internal TrainRecipe DenseRecipeOf(AnalysedTraining training) => ReadRecipe(DenseStageOf(training));

    /// <summary>Whether two trainings were pruned by the same stage: the ticket and its controls are.</summary>
    internal bool ArePrunedAlike(AnalysedTraining one, AnalysedTraining other) =>
        one.Experiment == other.Experiment && one.Level == other.Level
        && PruneStageOf(one)?.Id == PruneStageOf(other)?.Id;

    private static TrainRecipe ReadRecipe(StoredStage stage) =>
        CanonicalJson.Read<TrainRecipe>(stage.Recipe, stage.Folder);

    private StoredStage Stage(AnalysedTraining training) => _stages.Read(training.Stage);

    private StoredStage? MaskStageOf(AnalysedTraining training) =>
        HasOwnMask(training) ? Stage(training) : PruneStageOf(training);

    private StoredStage? PruneStageOf(AnalysedTraining training) =>
        Stage(training).Parents.Select(_stages.Read).FirstOrDefault(parent => parent.Kind == PruneStage.Kind);

    // A training may have begun with the weights of another level; its pruning always knows the dense one.
    private StoredStage DenseStageOf(AnalysedTraining training) =>
        PruneStageOf(training) is { } prune ? _stages.Read(PruneStage.DenseOf(prune.Parents)) : Stage(training);

    private static IReadOnlyList<LayerMask> ReadMasks(StoredStage stage) =>
        [.. PruneStage.ReadMasks(stage.Folder).Select(pair => new LayerMask(pair.Key, pair.Value))];
}

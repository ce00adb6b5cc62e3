using Tombola.Data;
using Tombola.Experiments;
using Tombola.Nn.Models;
using Tombola.Training;

namespace Tombola.Tickets;

/// <summary>An experiment with its data and its store: what can be run, and what came of it.</summary>
public sealed class TicketRun
{
    private readonly RunSettings _settings;
    private readonly DataSet _data;
    private readonly TicketGraph _graph;
    private FailureCollector _failures = new(null);

    /// <summary>Lays the stages out.</summary>
    internal TicketRun(TicketExperiment experiment, RunSettings settings, DataSet data)
    {
        (Experiment, _settings, _data) = (experiment, settings, data);
        _graph = new TicketGraph(experiment, data, settings);
        Folder = RunFolder.Of(settings.Output, TicketStudy.Of(experiment));
        // Both complain about what does not fit the data before anything is computed.
        var split = data.Split(experiment.Data.Validation, experiment.Seed);
        _ = new DataOrder(split.Train.Count, experiment.Training.Batch, experiment.Seed);
    }

    /// <summary>The experiment.</summary>
    public TicketExperiment Experiment { get; }

    /// <summary>The folder of the run: its name and the hash of its description.</summary>
    public string Folder { get; }

    /// <summary>The trainings and prunings that the experiment consists of.</summary>
    public IReadOnlyList<Stage> Stages =>
        [.. _graph.Nodes.SelectMany(node => new[] { node.Prune, node.Train }).OfType<Stage>()];

    /// <summary>The rows of <c>results.csv</c>; empty before <see cref="Execute"/>.</summary>
    public IReadOnlyList<LevelResult> Results { get; private set; } = [];

    /// <summary>The results over trials.</summary>
    public RunSummary Summary => RunSummary.Of(Experiment.FullName, Results);

    /// <summary>Loads the data and lays out the stages; computes nothing yet.</summary>
    /// <param name="experiment">What to run.</param>
    /// <param name="settings">Where and with what.</param>
    /// <exception cref="InputException">The data is missing or damaged, or an option is out of range.</exception>
    public static TicketRun Prepare(TicketExperiment experiment, RunSettings settings)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(settings);
        ExperimentRules.Check(experiment, $"Experiment '{experiment.Name}'");
        return new TicketRun(experiment, settings, DataSetLoader.Load(experiment.Data.Name, settings.Data));
    }

    /// <summary>Computes what the store does not have yet, and writes the run folder.</summary>
    /// <param name="observer">Told what happens; may be null.</param>
    /// <param name="cancellation">
    /// Stops the run; what was finished is kept, and the next run goes on from there.
    /// </param>
    /// <returns>The run itself.</returns>
    /// <exception cref="InputException">The output folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public TicketRun Execute(IExecutionObserver? observer = null, CancellationToken cancellation = default)
    {
        new StudyRun(this, _settings).Execute(observer, cancellation);
        return this;
    }

    /// <summary>Returns the ticket of a trial and level: the weights that it started from, and the mask.</summary>
    /// <param name="trial">From 1.</param>
    /// <param name="level">From 0, the dense network.</param>
    /// <exception cref="InputException">The level was not computed.</exception>
    public Ticket TicketAt(int trial, int level) =>
        _graph.Node(trial, level) is { FromTrained: true, Start: { } trained }
            ? ReadTicket(trial, level, trained, TrainStage.FinalFile)
            : ReadTicket(trial, level, _graph.Dense(trial).Train, TrainStage.StartFile);

    /// <summary>Returns the trained network of a trial and level, for use: final weights and mask.</summary>
    /// <param name="trial">From 1.</param>
    /// <param name="level">From 0, the dense network.</param>
    /// <exception cref="InputException">The level was not computed.</exception>
    public Ticket TrainedAt(int trial, int level) =>
        ReadTicket(trial, level, _graph.Node(trial, level).Train, TrainStage.FinalFile);

    /// <summary>Creates a network of the experiment's architecture, its parameters zero.</summary>
    /// <returns>The caller disposes of it.</returns>
    public Model CreateModel() =>
        ModelRegistry.Create(Experiment.Model, _data.Train.ExampleShape, _data.Train.Classes);

    /// <summary>Counts the weights that remain at each level, from the dense network on.</summary>
    public IReadOnlyList<long> WeightsRemaining() =>
        PrunableLayer.WeightsRemaining(_graph.Layers, Experiment.Pruning, Experiment.Levels);

    /// <summary>The prunable layers of the network.</summary>
    internal IReadOnlyList<PrunableLayer> Layers => _graph.Layers;

    /// <summary>The density at and below which each layer is compressed; without those that never are.</summary>
    internal IReadOnlyDictionary<string, double> CompressBelow => _graph.CompressBelow;

    /// <summary>The examples, split into training, validation and test.</summary>
    internal DataSplit Split => _graph.Split;

    /// <summary>
    /// Failures of the machine or of Tombola, not of the experiment: what to report and exit with 1 for.
    /// </summary>
    public IReadOnlyList<Exception> Failures => _failures.Unexpected;

    /// <summary>Reads the results of an execution off the store.</summary>
    internal void Collect(RunStore store, FailureCollector failures)
    {
        _failures = failures;
        Results = [.. _graph.Nodes.Select(node => ResultOf(node, store))];
    }

    /// <summary>The trainings of the experiment.</summary>
    internal IReadOnlyList<TicketNode> Nodes => _graph.Nodes;

    private Ticket ReadTicket(int trial, int level, Stage weights, string file)
    {
        var store = new RunStore(_settings.Output);
        var prune = _graph.Node(trial, level).Prune;
        var (masks, folder) = (prune is null ? null : store.Find(prune.Id), store.Find(weights.Id));
        if (folder is null || (prune is not null && masks is null) || !File.Exists(Path.Combine(folder, file)))
        {
            throw new InputException(FormattableString.Invariant(
                $"{Experiment.Name}: trial {trial} has no level {level}: it was not run to its end."));
        }

        return new Ticket(
            Weights.Load(Path.Combine(folder, file)),
            masks is null ? new Dictionary<string, Tensors.Mask>() : PruneStage.ReadMasks(masks));
    }

    private LevelResult ResultOf(TicketNode node, RunStore store)
    {
        var folder = store.Find(node.Train.Id);
        var remaining = (folder is null ? null : PruneStage.TryReadMasks(folder)) is { } own
            ? own.Values.Sum(mask => (long)mask.Survivors)
            : WeightsRemaining()[node.Level];
        var total = _graph.Layers.Sum(layer => (long)layer.Shape.Count);
        var training = folder is null ? null : TrainingFiles.ReadResult(folder);
        return new LevelResult(
            node.Branch, node.Trial, node.Level, remaining, total, training,
            training?.Status ?? _failures.ReasonOf(node.Train), node.Train.Id.Value);
    }
}

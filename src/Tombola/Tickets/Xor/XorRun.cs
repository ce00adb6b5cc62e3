using Tombola.Experiments;
using Tombola.Formats;

namespace Tombola.Tickets.Xor;

/// <summary>An experiment on XOR with its store: what can be run, and what came of it.</summary>
public sealed class XorRun
{
    private static readonly XorExperiment Defaults = new() { Name = "" };

    private readonly RunSettings _settings;
    private FailureCollector _failures = new(null);

    private XorRun(XorExperiment experiment, RunSettings settings)
    {
        (Experiment, _settings) = (experiment, settings);
        Nodes = XorGraph.Nodes(experiment, settings.Threads);
        Stages = [.. Nodes.SelectMany(node => WithParents(node.Train)).DistinctBy(stage => stage.Id)];
        Folder = RunFolder.Of(settings.Output, experiment.Name, CanonicalJson.Write(experiment, Defaults));
        Summary = new XorSummary(experiment, [.. Nodes.Select(node => XorRow.NotRun(node, "not run"))]);
    }

    /// <summary>The experiment.</summary>
    public XorExperiment Experiment { get; }

    /// <summary>The folder of the run: its name and the hash of its description.</summary>
    public string Folder { get; }

    /// <summary>The trainings that the experiment consists of, those between the sizes reported included.</summary>
    public IReadOnlyList<Stage> Stages { get; }

    /// <summary>The results.</summary>
    public XorSummary Summary { get; private set; }

    /// <summary>Failures of the machine or of Tombola: what to report and exit with 1 for.</summary>
    public IReadOnlyList<Exception> Failures => _failures.Unexpected;

    /// <summary>The trainings that are reported.</summary>
    internal IReadOnlyList<XorNode> Nodes { get; }

    /// <summary>Lays out the stages; computes nothing yet.</summary>
    /// <param name="experiment">What to run.</param>
    /// <param name="settings">Where and with what.</param>
    /// <exception cref="InputException">An option is out of range.</exception>
    public static XorRun Prepare(XorExperiment experiment, RunSettings settings)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(settings);
        XorRules.Check(experiment, $"Experiment '{experiment.Name}'");
        return new XorRun(experiment, settings);
    }

    /// <summary>Computes what the store does not have yet, and writes the run folder.</summary>
    /// <param name="observer">Told what happens; may be null.</param>
    /// <param name="cancellation">
    /// Stops the run; what was finished is kept, and the next run goes on from there.
    /// </param>
    /// <returns>The run itself.</returns>
    /// <exception cref="InputException">The output folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public XorRun Execute(IExecutionObserver? observer = null, CancellationToken cancellation = default)
    {
        var store = new RunStore(_settings.Output);
        RunFolder.WriteStages(Folder, Stages);
        _failures = new FailureCollector(observer);
        XorRunFolder.WriteDescription(Folder, Summary);
        using var status = new StatusFile(
            Folder, _settings.Command, Stages, _failures, () => WriteResults(store), TimeProvider.System);
        _settings.ExecutorFor(store, Folder).Run(Stages, status, cancellation);
        status.End(() =>
        {
            WriteResults(store);
            XorRunFolder.Link(Folder, Nodes, store);
            return cancellation.IsCancellationRequested ? RunState.Interrupted
                : Failures.Count == 0 ? RunState.Finished
                : RunState.Failed;
        });
        cancellation.ThrowIfCancellationRequested();
        return this;
    }

    private void WriteResults(RunStore store)
    {
        Summary = new XorSummary(Experiment, [.. Nodes.Select(node => RowOf(node, store))]);
        XorRunFolder.WriteResults(Folder, Summary);
    }

    private static IEnumerable<Stage> WithParents(Stage stage) => stage.Parents.SelectMany(WithParents).Append(stage);

    private XorRow RowOf(XorNode node, RunStore store)
    {
        if (store.Find(node.Train.Id) is not { } folder)
            return XorRow.NotRun(node, _failures.ReasonOf(node.Train));
        return XorRow.Of(node, XorTrials.Read(Path.Combine(folder, XorStage.TrialsFile)), Experiment.Scoring);
    }
}

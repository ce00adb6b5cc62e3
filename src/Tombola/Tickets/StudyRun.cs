using Tombola.Data;
using Tombola.Experiments;

namespace Tombola.Tickets;

/// <summary>A study with its data and its store: what can be run, and what came of it.</summary>
public sealed class StudyRun
{
    private readonly RunSettings _settings;
    private FailureCollector _failures = new(null);

    /// <summary>Makes a study of one experiment.</summary>
    internal StudyRun(TicketRun run, RunSettings settings)
        : this(TicketStudy.Of(run.Experiment), [run], settings)
    {
    }

    private StudyRun(TicketStudy study, IReadOnlyList<TicketRun> variants, RunSettings settings)
    {
        (Study, Variants, _settings) = (study, variants, settings);
        Folder = RunFolder.Of(settings.Output, study);
    }

    /// <summary>What is run.</summary>
    public TicketStudy Study { get; }

    /// <summary>Its experiments.</summary>
    public IReadOnlyList<TicketRun> Variants { get; }

    /// <summary>The folder of the run: the study's name and the hash of its description.</summary>
    public string Folder { get; }

    /// <summary>The trainings and prunings that the study consists of; shared ones several times.</summary>
    public IReadOnlyList<Stage> Stages => [.. Variants.SelectMany(variant => variant.Stages)];

    /// <summary>The results over trials, of the variants each by itself.</summary>
    public RunSummary Summary =>
        Study.Variants.Any(variant => variant.Variant.Length > 0)
            ? new RunSummary(Study.Name, [], null, null) { Variants = [.. Variants.Select(run => run.Summary)] }
            : Variants[0].Summary;

    /// <summary>Whether any training went through.</summary>
    public bool AnyCompleted => Variants.Any(variant => variant.Results.Any(result => result.Completed));

    /// <summary>
    /// Failures of the machine or of Tombola, not of the experiment: what to report and exit with 1 for.
    /// </summary>
    public IReadOnlyList<Exception> Failures => _failures.Unexpected;

    /// <summary>Loads the data and lays out the stages; computes nothing yet.</summary>
    /// <param name="study">What to run.</param>
    /// <param name="settings">Where and with what.</param>
    /// <exception cref="InputException">The data is missing or damaged, or an option is out of range.</exception>
    public static StudyRun Prepare(TicketStudy study, RunSettings settings)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(settings);
        foreach (var variant in study.Variants)
            ExperimentRules.Check(variant, $"Experiment '{variant.FullName}'");
        var data = study.Variants.Select(variant => variant.Data.Name).Distinct()
            .ToDictionary(name => name, name => DataSetLoader.Load(name, settings.Data));
        return new StudyRun(
            study, [.. study.Variants.Select(variant => new TicketRun(variant, settings, data[variant.Data.Name]))],
            settings);
    }

    /// <summary>Computes what the store does not have yet, and writes the run folder.</summary>
    /// <param name="observer">Told what happens; may be null.</param>
    /// <param name="cancellation">
    /// Stops the run; what was finished is kept, and the next run goes on from there.
    /// </param>
    /// <exception cref="InputException">The output folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public void Execute(IExecutionObserver? observer = null, CancellationToken cancellation = default)
    {
        var store = new RunStore(_settings.Output);
        RunFolder.WriteStages(Folder, Stages);
        _failures = new FailureCollector(observer);
        RunFolder.WriteDescription(this);
        using var status = new StatusFile(
            Folder, _settings.Command, Stages, _failures, () => WriteResults(store), TimeProvider.System);
        _settings.ExecutorFor(store, Folder).Run(Stages, status, cancellation);
        status.End(() =>
        {
            WriteResults(store);
            RunFolder.Link(this, store);
            return cancellation.IsCancellationRequested ? RunState.Interrupted
                : AnyCompleted && Failures.Count == 0 ? RunState.Finished
                : RunState.Failed;
        });
        cancellation.ThrowIfCancellationRequested();
    }

    private void WriteResults(RunStore store)
    {
        foreach (var variant in Variants)
            variant.Collect(store, _failures);
        RunFolder.WriteResults(this);
    }
}

using System.Collections.Concurrent;
using Tombola.Experiments;

namespace Tombola.Tickets;

/// <summary>Passes on what happens, and keeps why stages failed; may be asked while the run goes on.</summary>
internal sealed class FailureCollector(IExecutionObserver? inner) : IExecutionObserver
{
    private readonly ConcurrentDictionary<StageId, Exception> _failures = [];

    /// <summary>Failures of the machine or of Tombola, not of the experiment.</summary>
    internal IReadOnlyList<Exception> Unexpected =>
        [.. _failures.Values.Where(failure => failure is not StageEndException)];

    /// <summary>Returns why a stage failed, or null.</summary>
    internal Exception? Of(Stage stage) => _failures.GetValueOrDefault(stage.Id);

    /// <summary>Says why a stage has no result: its own failure, or that of one it needs.</summary>
    internal string ReasonOf(Stage stage)
    {
        if (Of(stage) is { } own)
            return "failed: " + own.Message;
        var cause = stage.Parents.Select(FindCause).FirstOrDefault(found => found is not null);
        return cause is null ? "not run" : "not run: " + cause.Message;
    }

    public void Started(Stage stage) => inner?.Started(stage);

    public void Progressed(Stage stage, StageProgress progress) => inner?.Progressed(stage, progress);

    public void Finished(Stage stage, StageOutcome outcome, Exception? failure)
    {
        if (failure is not null)
            _failures[stage.Id] = failure;
        inner?.Finished(stage, outcome, failure);
    }

    public void Noticed(string message) => inner?.Noticed(message);

    private Exception? FindCause(Stage stage) =>
        Of(stage) ?? stage.Parents.Select(FindCause).FirstOrDefault(found => found is not null);
}

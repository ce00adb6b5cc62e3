using System.Diagnostics;

namespace Tombola.Experiments.Batch;

/// <summary>Writes down in the ledger of a run how far a task is and why it failed, for who watches it.</summary>
/// <param name="ledger">The ledger of the run.</param>
/// <param name="inner">Told everything too.</param>
internal sealed class StageReport(BatchLedger ledger, IExecutionObserver inner) : IExecutionObserver
{
    private static readonly TimeSpan LeastBetween = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _last = new();

    /// <summary>Whether a stage failed in a way that trying again would not change.</summary>
    internal bool FailedForGood { get; private set; }

    public void Started(Stage stage)
    {
        ledger.ForgetFailure(stage.Id);
        if (stage.Work > 0)
            Attempt(() => ledger.WriteProgress(stage.Id, new StageProgress(0, 1, "started")));
        inner.Started(stage);
    }

    public void Progressed(Stage stage, StageProgress progress)
    {
        if (!_last.IsRunning || _last.Elapsed >= LeastBetween || progress.Done >= progress.Total)
        {
            Attempt(() => ledger.WriteProgress(stage.Id, progress));
            _last.Restart();
        }

        inner.Progressed(stage, progress);
    }

    public void Finished(Stage stage, StageOutcome outcome, Exception? failure)
    {
        if (failure is not null)
        {
            var described = StageFailure.Of(failure);
            FailedForGood |= described.IsFinal;
            Attempt(() => ledger.WriteFailure(stage.Id, described));
        }

        inner.Finished(stage, outcome, failure);
    }

    public void Noticed(string message) => inner.Noticed(message);

    private static void Attempt(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Who watches sees less; the stage itself is what matters.
        }
    }
}

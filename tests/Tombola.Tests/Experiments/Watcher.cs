using Tombola.Experiments;

namespace Tombola.Tests.Experiments;

/// <summary>Writes down what an executor says, and fails where two threads speak at once.</summary>
internal sealed class Watcher : IExecutionObserver
{
    private int _speaking;

    public List<string> Calls { get; } = [];

    public List<string> Notices { get; } = [];

    public void Started(Stage stage) => Note($"started {stage.Label}");

    public void Progressed(Stage stage, StageProgress progress) =>
        Note($"{stage.Label} {progress.Done}/{progress.Total} {progress.Detail}");

    public void Finished(Stage stage, StageOutcome outcome, Exception? failure) =>
        Note($"{outcome} {stage.Label}{(failure is null ? "" : ": " + failure.Message)}");

    public void Noticed(string message)
    {
        Notices.Add(message);
        Note("noticed");
    }

    private void Note(string call)
    {
        Interlocked.Increment(ref _speaking).ShouldBe(1);
        Calls.Add(call);
        Interlocked.Decrement(ref _speaking);
    }
}

using Spectre.Console;
using Tombola.Experiments;

namespace Tombola.Cli.Rendering;

/// <summary>Writes a line a finished training, for logs and pipes.</summary>
internal sealed class PlainProgress(IReadOnlyList<Stage> stages, IAnsiConsole console) : IExecutionObserver
{
    private readonly WorkClock _clock = new(stages);
    private readonly Dictionary<StageId, string> _details = [];

    public void Started(Stage stage)
    {
    }

    public void Progressed(Stage stage, StageProgress progress)
    {
        _clock.Progressed(stage, progress);
        _details[stage.Id] = progress.Detail;
    }

    public void Finished(Stage stage, StageOutcome outcome, Exception? failure)
    {
        _clock.Finished(stage, outcome);
        if (stage.Work == 0 && failure is null)
            return;
        var detail = failure?.Message ?? outcome switch
        {
            StageOutcome.Computed => _details.GetValueOrDefault(stage.Id, "done"),
            StageOutcome.Reused => "already there",
            StageOutcome.Blocked => "not run",
            _ => "interrupted",
        };
        console.WriteLine(
            $"[{_clock.Ended}/{_clock.Trainings}] {stage.Label}: {detail}; {Durations.Left(_clock.Left())}");
    }

    public void Noticed(string message) => console.WriteLine(message);
}

using Spectre.Console;
using Tombola.Experiments;

namespace Tombola.Cli.Rendering;

/// <summary>Draws a bar for the whole and one for each running training.</summary>
internal sealed class LiveProgress : IExecutionObserver
{
    private const int WidestText = 56;
    private const int BarWidth = 20;
    private const int PercentWidth = 6;

    private readonly ProgressContext _context;
    private readonly IAnsiConsole _console;
    private readonly int _textWidth;
    private readonly WorkClock _clock;
    private readonly ProgressTask _whole;
    private readonly Dictionary<StageId, ProgressTask> _running = [];

    private LiveProgress(ProgressContext context, IAnsiConsole console, IReadOnlyList<Stage> stages)
    {
        (_context, _console, _clock) = (context, console, new WorkClock(stages));
        _textWidth = Math.Max(1, Math.Min(WidestText, console.Profile.Width - BarWidth - PercentWidth));
        _whole = context.AddTask("all", maxValue: Math.Max(1, _clock.Total));
        Update();
    }

    /// <summary>Executes a run under the bars.</summary>
    internal static void Watch(
        IReadOnlyList<Stage> stages, Action<IExecutionObserver?> execute, IAnsiConsole console) =>
        console.Progress().AutoClear(true).HideCompleted(true).Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = BarWidth },
            new PercentageColumn())
            .Start(context => execute(new LiveProgress(context, console, stages)));

    public void Started(Stage stage)
    {
        if (stage.Work > 0)
            _running[stage.Id] = _context.AddTask(Padded(stage.Label), maxValue: 1);
    }

    public void Progressed(Stage stage, StageProgress progress)
    {
        _clock.Progressed(stage, progress);
        if (_running.TryGetValue(stage.Id, out var task))
        {
            task.Value = (double)progress.Done / Math.Max(1, progress.Total);
            task.Description = Padded($"{stage.Label} · {progress.Detail}");
        }

        Update();
    }

    public void Finished(Stage stage, StageOutcome outcome, Exception? failure)
    {
        _clock.Finished(stage, outcome);
        if (_running.Remove(stage.Id, out var task))
        {
            task.Value = 1;
            task.StopTask();
        }

        if (failure is not null)
            Noticed($"{stage.Label}: {failure.Message}");
        Update();
    }

    public void Noticed(string message) => _console.MarkupLineInterpolated($"[yellow]{message}[/]");

    private void Update()
    {
        _whole.Value = Math.Min(_clock.Done, _whole.MaxValue);
        _whole.Description =
            $"[bold]{Padded($"{_clock.Ended} of {_clock.Trainings} trainings · {Durations.Left(_clock.Left())}")}[/]";
    }

    // All texts have one width, so that the bars stand still.
    private string Padded(string text) =>
        Markup.Escape(text.Length > _textWidth ? text[..(_textWidth - 1)] + "…" : text.PadRight(_textWidth));
}

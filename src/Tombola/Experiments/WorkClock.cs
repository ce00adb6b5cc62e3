using System.Diagnostics;

namespace Tombola.Experiments;

/// <summary>Keeps account of the work done, and from its pace estimates the time left.</summary>
/// <remarks>Not thread-safe; observers are told one thing at a time.</remarks>
public sealed class WorkClock
{
    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private readonly Dictionary<StageId, double> _done = [];
    private readonly Dictionary<StageId, double> _found = [];
    private double _reused;

    /// <summary>Starts the clock.</summary>
    /// <param name="stages">All stages of the run.</param>
    public WorkClock(IEnumerable<Stage> stages)
    {
        ArgumentNullException.ThrowIfNull(stages);
        Stage[] distinct = [.. stages.DistinctBy(stage => stage.Id)];
        Total = distinct.Sum(stage => stage.Work);
        Trainings = distinct.Count(stage => stage.Work > 0);
    }

    /// <summary>The work of all stages.</summary>
    public double Total { get; }

    /// <summary>Number of stages that take time.</summary>
    public int Trainings { get; }

    /// <summary>Number of these that ended.</summary>
    public int Ended { get; private set; }

    /// <summary>The work done so far.</summary>
    public double Done => _done.Values.Sum() + _reused;

    /// <summary>Notes how far a stage is.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="progress">Its state.</param>
    public void Progressed(Stage stage, StageProgress progress)
    {
        ArgumentNullException.ThrowIfNull(stage);
        var done = stage.Work * progress.Done / Math.Max(1, progress.Total);
        // What a checkpoint had already cost no time now, so it must not enter the pace.
        if (_found.TryAdd(stage.Id, done))
            _reused += done;
        _done[stage.Id] = done - _found[stage.Id];
    }

    /// <summary>Notes that a stage ended.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="outcome">How it ended.</param>
    public void Finished(Stage stage, StageOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(stage);
        if (stage.Work == 0)
            return;
        Ended++;
        if (outcome == StageOutcome.Computed)
            _done[stage.Id] = stage.Work - _found.GetValueOrDefault(stage.Id);
        else
            _reused += stage.Work; // Costs no time, so it must not enter the pace.
    }

    /// <summary>The time left at the pace so far; null while there is none to go by.</summary>
    public TimeSpan? Left()
    {
        var done = _done.Values.Sum();
        return done <= 0 ? null : _elapsed.Elapsed * ((Total - _reused - done) / done);
    }
}

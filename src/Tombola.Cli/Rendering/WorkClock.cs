using System.Diagnostics;
using System.Globalization;
using Tombola.Experiments;

namespace Tombola.Cli.Rendering;

/// <summary>Keeps account of the work done, and from its pace estimates the time left.</summary>
internal sealed class WorkClock
{
    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private readonly Dictionary<StageId, double> _done = [];
    private readonly Dictionary<StageId, double> _found = [];
    private double _reused;

    /// <summary>Starts the clock.</summary>
    /// <param name="stages">All stages of the run.</param>
    internal WorkClock(IEnumerable<Stage> stages)
    {
        Stage[] distinct = [.. stages.DistinctBy(stage => stage.Id)];
        Total = distinct.Sum(stage => stage.Work);
        Trainings = distinct.Count(stage => stage.Work > 0);
    }

    /// <summary>The work of all stages.</summary>
    internal double Total { get; }

    /// <summary>Number of stages that take time.</summary>
    internal int Trainings { get; }

    /// <summary>Number of these that ended.</summary>
    internal int Ended { get; private set; }

    /// <summary>The work done so far.</summary>
    internal double Done => _done.Values.Sum() + _reused;

    /// <summary>Notes how far a stage is.</summary>
    internal void Progressed(Stage stage, StageProgress progress)
    {
        var done = stage.Work * progress.Done / Math.Max(1, progress.Total);
        // What a checkpoint had already cost no time now, so it must not enter the pace.
        if (_found.TryAdd(stage.Id, done))
            _reused += done;
        _done[stage.Id] = done - _found[stage.Id];
    }

    /// <summary>Notes that a stage ended.</summary>
    internal void Finished(Stage stage, StageOutcome outcome)
    {
        if (stage.Work == 0)
            return;
        Ended++;
        if (outcome == StageOutcome.Computed)
            _done[stage.Id] = stage.Work - _found.GetValueOrDefault(stage.Id);
        else
            _reused += stage.Work; // Costs no time, so it must not enter the pace.
    }

    /// <summary>The time left at the pace so far; null while there is none to go by.</summary>
    internal TimeSpan? Left()
    {
        var done = _done.Values.Sum();
        return done <= 0 ? null : _elapsed.Elapsed * ((Total - _reused - done) / done);
    }

    /// <summary>Writes a time as people say it.</summary>
    internal static string Say(TimeSpan? time) => time switch
    {
        null => "time left unknown",
        { TotalSeconds: < 100 } value => value.TotalSeconds.ToString("0 s left", CultureInfo.InvariantCulture),
        { TotalMinutes: < 100 } value => value.TotalMinutes.ToString("0 min left", CultureInfo.InvariantCulture),
        var value => value.Value.TotalHours.ToString("0.0 h left", CultureInfo.InvariantCulture),
    };

    /// <summary>Writes a duration as people say it.</summary>
    internal static string Duration(double seconds) => seconds switch
    {
        < 100 => seconds.ToString("0 s", CultureInfo.InvariantCulture),
        < 6_000 => (seconds / 60).ToString("0 min", CultureInfo.InvariantCulture),
        _ => (seconds / 3_600).ToString("0.0 h", CultureInfo.InvariantCulture),
    };
}

using System.Diagnostics;
using Tombola.Formats;

namespace Tombola.Experiments;

/// <summary>Keeps <c>status.json</c> of a run up to date, and has its results written, while it is computed.</summary>
/// <remarks>
/// For those who watch a run from another process. Files are written by a thread of its own, so that no training waits
/// for a disk, and none that cannot be written ends the run: what is final is written by others, after it.
/// </remarks>
public sealed class StatusFile : IExecutionObserver, IDisposable
{
    internal const string FileName = "status.json";

    // Results are written this many times as seldom as writing them takes, so that it never matters to the run.
    private const int Rarity = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LeastBetweenResults = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly IExecutionObserver? _inner;
    private readonly TimeProvider _time;
    private readonly string _path;
    private readonly string _command;
    private readonly Action _writeResults;
    private readonly WorkClock _clock;
    private readonly DateTimeOffset _started;
    private readonly OrderedDictionary<StageId, StageTrace> _running = [];
    private readonly ManualResetEventSlim _ended = new();
    private readonly Thread _writer;
    private long _changes = 1;
    private int _results;
    private RunState _state = RunState.Running;

    /// <summary>Writes the file and keeps it until <see cref="End"/>.</summary>
    /// <param name="folder">The folder of the run, which exists.</param>
    /// <param name="command">The command line that repeats the run; may be empty.</param>
    /// <param name="stages">All stages of the run.</param>
    /// <param name="inner">Told everything too; may be null.</param>
    /// <param name="writeResults">Writes what there is of the results; called from another thread.</param>
    /// <param name="time">Tells the time.</param>
    internal StatusFile(
        string folder, string command, IEnumerable<Stage> stages, IExecutionObserver? inner, Action writeResults,
        TimeProvider time)
    {
        (_command, _inner, _writeResults, _time) = (command, inner, writeResults, time);
        _path = Path.Combine(folder, FileName);
        (_clock, _started) = (new WorkClock(stages), time.GetUtcNow());
        Write();
        _writer = new Thread(Keep) { Name = "tombola status", IsBackground = true };
        _writer.Start();
    }

    /// <summary>The longest time between two writings while a run goes on.</summary>
    public static TimeSpan Heartbeat { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Reads the file of a run.</summary>
    /// <param name="folder">The folder of the run.</param>
    /// <returns>Null where the run has none, as those of older versions.</returns>
    /// <exception cref="InputException">The file is damaged.</exception>
    public static RunStatus? Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) ? CanonicalJson.ReadFile<RunStatus>(path) : null;
    }

    /// <inheritdoc/>
    public void Started(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        Change(() =>
        {
            if (stage.Work > 0)
                _running[stage.Id] = new StageTrace(stage);
        });
        _inner?.Started(stage);
    }

    /// <inheritdoc/>
    public void Progressed(Stage stage, StageProgress progress)
    {
        ArgumentNullException.ThrowIfNull(stage);
        Change(() =>
        {
            _clock.Progressed(stage, progress);
            if (_running.TryGetValue(stage.Id, out var trace))
                trace.Add(progress);
        });
        _inner?.Progressed(stage, progress);
    }

    /// <inheritdoc/>
    public void Finished(Stage stage, StageOutcome outcome, Exception? failure)
    {
        ArgumentNullException.ThrowIfNull(stage);
        Change(() =>
        {
            _clock.Finished(stage, outcome);
            _running.Remove(stage.Id);
            _results++;
        });
        _inner?.Finished(stage, outcome, failure);
    }

    /// <inheritdoc/>
    public void Noticed(string message) => _inner?.Noticed(message);

    /// <summary>Stops having results written, and says how the run ended.</summary>
    /// <param name="conclude">Writes the final results and tells how the run ended.</param>
    internal void End(Func<RunState> conclude)
    {
        _ended.Set();
        _writer.Join();
        var state = conclude();
        Change(() =>
        {
            _state = state;
            _running.Clear();
        });
        Write();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_ended.IsSet)
            End(() => RunState.Failed);
        _ended.Dispose();
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            _changes++;
        }
    }

    private void Keep()
    {
        var (written, results) = (0L, 0);
        var (sinceStatus, sinceResults) = (Stopwatch.StartNew(), Stopwatch.StartNew());
        var between = TimeSpan.Zero;
        while (!_ended.Wait(Pause))
        {
            if (Volatile.Read(ref _results) is var now && now != results && sinceResults.Elapsed >= between)
            {
                var cost = Stopwatch.StartNew();
                Attempt(_writeResults);
                (results, between) = (now, Longer(Rarity * cost.Elapsed, LeastBetweenResults));
                sinceResults.Restart();
                written = 0; // Watchers look at the results when the status changes.
            }

            if (Volatile.Read(ref _changes) is var changes && (changes != written || sinceStatus.Elapsed >= Heartbeat))
            {
                Write();
                written = changes;
                sinceStatus.Restart();
            }
        }
    }

    private void Write() => Attempt(() =>
    {
        string text;
        lock (_gate)
            text = CanonicalJson.Pretty(Describe());
        var beside = Path.Combine(Path.GetDirectoryName(_path)!, $".{FileName}-{Environment.ProcessId}");
        File.WriteAllText(beside, text);
        File.Move(beside, _path, overwrite: true);
    });

    private RunStatus Describe() => new(
        _state, Environment.ProcessId, Environment.MachineName, _started, _time.GetUtcNow(), _clock.Trainings,
        _clock.Ended, _clock.Total > 0 ? Math.Min(1, _clock.Done / _clock.Total) : 1, _clock.Left()?.TotalSeconds,
        [.. _running.Values.Select(trace => trace.Read())], _command);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static void Attempt(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InputException)
        {
            // Watchers see it later, or when the run has ended.
        }
    }
}

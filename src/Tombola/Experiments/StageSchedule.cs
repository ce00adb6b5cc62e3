using System.Diagnostics;

namespace Tombola.Experiments;

/// <summary>Keeps which stages are waiting, ready and done; shared by the threads of an executor.</summary>
internal sealed class StageSchedule
{
    private readonly Lock _telling = new();
    private readonly object _gate = new();
    private readonly Dictionary<StageId, Stage> _stages = [];
    private readonly Dictionary<StageId, List<Stage>> _children = [];
    private readonly Dictionary<StageId, double> _chains = [];
    private readonly Dictionary<StageId, int> _missing = [];
    private readonly List<Stage> _ready = [];
    private readonly List<(Stage Stage, long Since)> _postponed = [];
    private readonly TimeSpan _poll;
    private bool _stopped;
    private readonly Dictionary<StageId, StageOutcome> _outcomes = [];

    internal StageSchedule(IReadOnlyList<Stage> wanted, TimeSpan poll)
    {
        _poll = poll;
        foreach (var stage in wanted)
            Add(stage);
        foreach (var stage in _stages.Values)
        {
            var parents = stage.Parents.Select(parent => parent.Id).Distinct().ToArray();
            _missing[stage.Id] = parents.Length;
            foreach (var parent in parents)
                _children[parent].Add(stage);
            if (parents.Length == 0)
                _ready.Add(stage);
        }

        foreach (var stage in _stages.Values)
            _ = ChainOf(stage);
    }

    internal int Count => _stages.Count;

    /// <summary>Returns the outcome of every stage; those that the run did not get to were interrupted.</summary>
    internal IReadOnlyDictionary<StageId, StageOutcome> End()
    {
        lock (_gate)
        {
            foreach (var id in _stages.Keys)
                _outcomes.TryAdd(id, StageOutcome.Interrupted);
            return _outcomes;
        }
    }

    /// <summary>Waits for a stage that can be computed.</summary>
    /// <returns>The stage, or null when none is left or the run is to stop.</returns>
    internal Stage? Take(CancellationToken cancellation)
    {
        lock (_gate)
        {
            while (true)
            {
                if (_stopped || cancellation.IsCancellationRequested)
                {
                    Monitor.PulseAll(_gate);
                    return null;
                }

                ReadyPostponed();
                if (_ready.Count > 0)
                {
                    var best = _ready.MaxBy(stage => _chains[stage.Id])!;
                    _ready.Remove(best);
                    return best;
                }

                if (_outcomes.Count == _stages.Count)
                    return null;
                Monitor.Wait(_gate, millisecondsTimeout: 200);
            }
        }
    }

    /// <summary>Puts a stage off that another process computes at the moment.</summary>
    internal void Postpone(Stage stage)
    {
        lock (_gate)
            _postponed.Add((stage, Stopwatch.GetTimestamp()));
    }

    /// <summary>Hands out no stage any more: the store takes no results.</summary>
    internal void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Records how a stage ended, and readies or blocks those that need it.</summary>
    /// <returns>Those blocked by it.</returns>
    internal List<Stage> Finish(Stage stage, StageOutcome outcome)
    {
        lock (_gate)
        {
            List<Stage> blocked = [];
            _outcomes[stage.Id] = outcome;
            if (outcome is StageOutcome.Computed or StageOutcome.Reused)
            {
                foreach (var child in _children[stage.Id])
                {
                    if (--_missing[child.Id] == 0 && !_outcomes.ContainsKey(child.Id))
                        _ready.Add(child);
                }
            }
            else if (outcome == StageOutcome.Failed)
            {
                Block(stage, blocked);
            }

            Monitor.PulseAll(_gate);
            return blocked;
        }
    }

    /// <summary>Lets one thread at a time speak to the observer.</summary>
    internal void Tell(Action tell)
    {
        lock (_telling)
            tell();
    }

    private void Add(Stage stage)
    {
        if (!_stages.TryAdd(stage.Id, stage))
            return;
        _children[stage.Id] = [];
        foreach (var parent in stage.Parents)
            Add(parent);
    }

    private void ReadyPostponed()
    {
        var due = _postponed.RemoveAll(entry =>
        {
            var isDue = Stopwatch.GetElapsedTime(entry.Since) >= _poll;
            if (isDue)
                _ready.Add(entry.Stage);
            return isDue;
        });
        if (due > 1)
            Monitor.PulseAll(_gate);
    }

    private double ChainOf(Stage stage)
    {
        if (_chains.TryGetValue(stage.Id, out var known))
            return known;
        var rest = _children[stage.Id].Select(ChainOf).DefaultIfEmpty(0).Max();
        return _chains[stage.Id] = stage.Work + rest;
    }

    private void Block(Stage stage, List<Stage> blocked)
    {
        foreach (var child in _children[stage.Id])
        {
            if (!_outcomes.TryAdd(child.Id, StageOutcome.Blocked))
                continue;
            blocked.Add(child);
            Block(child, blocked);
        }
    }
}

using System.Security.Cryptography;
using Tombola.Data;
using Tombola.Experiments;
using Tombola.Nn.Models;
using Tombola.Pruning;
using Tombola.Tickets.Controls;
using Tombola.Training;

namespace Tombola.Tickets;

/// <summary>One training of an experiment and its place in it.</summary>
/// <param name="Branch"><see cref="TicketGraph.MainBranch"/>, or the control's name.</param>
/// <param name="Trial">From 1; a control drawn d times a ticket has d times as many.</param>
/// <param name="Level">Rounds of pruning, from 0.</param>
/// <param name="Train">The stage.</param>
/// <param name="Prune">The stage that made its mask; null at level 0.</param>
/// <param name="Start">The stage whose weights it started from; null where it kept them itself.</param>
/// <param name="FromTrained">Whether these are the weights at that stage's end.</param>
internal sealed record TicketNode(
    string Branch, int Trial, int Level, Stage Train, Stage? Prune, Stage? Start = null, bool FromTrained = false);

/// <summary>Lays an experiment out as stages.</summary>
internal sealed class TicketGraph
{
    internal const string MainBranch = "winning-ticket";
    internal const string ContinuedBranch = "continued-training";

    private readonly TicketExperiment _experiment;
    private readonly Lazy<DataSplit> _split;
    private readonly TrainRecipe _recipe;
    private readonly int _threads;
    private readonly Retraining _retraining;
    private readonly SortedDictionary<string, double> _compressBelow;
    private readonly List<TicketNode> _nodes = [];

    /// <summary>Lays out all trials, levels and controls.</summary>
    /// <param name="experiment">The experiment, validated.</param>
    /// <param name="data">Its examples.</param>
    /// <param name="settings">Threads of each training, and when weights are compressed.</param>
    internal TicketGraph(TicketExperiment experiment, DataSet data, RunSettings settings)
    {
        (_experiment, _threads) = (experiment, settings.Threads);
        var splitSeed = TrialSeeds.Split(experiment.Seed);
        _split = new Lazy<DataSplit>(() => data.Split(experiment.Data.Validation, splitSeed));
        _recipe = new TrainRecipe
        {
            Data = new DataRecipe
            {
                Content = ContentHash(data), Validation = experiment.Data.Validation, Split = splitSeed,
                Normalisation = Normalisation.Named(experiment.Data.Normalisation, data),
                Augment = experiment.Data.Augment,
            },
            Model = experiment.Model,
            Training = experiment.Training,
        };
        using var model = ModelRegistry.Create(experiment.Model, data.Train.ExampleShape, data.Train.Classes);
        model.TrainOnly(experiment.Training.TrainOnly);
        Layers = PrunableLayer.Of(model);
        _retraining = Retraining.Of(experiment, data.Train.Count - experiment.Data.Validation);
        _compressBelow = MeasureBreakEven(settings);
        for (var trial = 1; trial <= experiment.Trials; trial++)
            AddTrial(trial);
    }

    /// <summary>The prunable layers of the model.</summary>
    internal IReadOnlyList<PrunableLayer> Layers { get; }

    /// <summary>The density at and below which each layer is compressed; without those that never are.</summary>
    internal IReadOnlyDictionary<string, double> CompressBelow => _compressBelow;

    /// <summary>All trainings: trial by trial, level by level, the ticket before its controls.</summary>
    internal IReadOnlyList<TicketNode> Nodes => _nodes;

    /// <summary>The data, split.</summary>
    internal DataSplit Split => _split.Value;

    /// <summary>The dense training of a trial, which keeps the weights that tickets rewind to.</summary>
    internal TicketNode Dense(int trial) => Node(trial, level: 0);

    /// <summary>The ticket of a trial and level.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The experiment has no such trial or level.</exception>
    internal TicketNode Node(int trial, int level) =>
        _nodes.SingleOrDefault(node => node.Branch == MainBranch && node.Trial == trial && node.Level == level)
            ?? throw new ArgumentOutOfRangeException(
                nameof(level), FormattableString.Invariant(
                    $"The experiment has no trial {trial} with a level {level}."));

    /// <summary>Hashes all pixels and labels, so that recipes tell data sets of one name apart.</summary>
    internal static string ContentHash(DataSet data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var set in new[] { data.Train, data.Test })
        {
            hash.AppendData(set.Pixels.Span);
            hash.AppendData(set.Labels.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private SortedDictionary<string, double> MeasureBreakEven(RunSettings settings)
    {
        var densities = new SortedDictionary<string, double>(StringComparer.Ordinal);
        if (settings.Sparse == SparseMode.Off || _experiment.Levels == 0)
            return densities;
        var measured = new BreakEven(settings.BreakEvenTable);
        foreach (var layer in Layers)
        {
            var breakEven = settings.Sparse == SparseMode.On
                ? 1
                : measured.Of(layer.Shape, _experiment.Training.Batch);
            if (breakEven > 0)
                densities[layer.Name] = breakEven;
        }

        return densities;
    }

    private void AddTrial(int trial)
    {
        var recipe = _recipe with
        {
            Initialisation = TrialSeeds.Initialisation(_experiment.Seed, trial),
            DataOrder = TrialSeeds.DataOrder(_experiment.Seed, trial),
        };
        var dense = TrainStage.Create(
            recipe with { KeepStep = _retraining.KeepStep }, Label(MainBranch, trial, 0), prune: null, start: null,
            _split, _threads);
        _nodes.Add(new TicketNode(MainBranch, trial, 0, dense, null));
        recipe = recipe with { CompressBelow = _compressBelow };
        var (pruned, mask) = (dense, (Stage?)null);
        for (var level = 1; level <= _experiment.Levels; level++)
        {
            var schedule = _experiment.Pruning.Schedule;
            mask = schedule == PruningSchedule.OneShot
                ? Prune(trial, level, level, dense, dense, previous: null)
                : Prune(trial, level, 1, pruned, dense, mask);
            var start = !_retraining.FromTrained || schedule == PruningSchedule.OneShot ? dense : pruned;
            var ticket = TrainStage.Create(
                _retraining.Apply(recipe, _experiment.Retraining), Label(MainBranch, trial, level), mask, start, _split,
                _threads);
            _nodes.Add(
                new TicketNode(MainBranch, trial, level, ticket, mask, start, _retraining.FromTrained));
            AddControls(trial, level, recipe, mask, dense, pruned);
            pruned = schedule == PruningSchedule.IterativeContinued
                ? AddContinued(trial, level, recipe, mask, pruned)
                : ticket;
        }
    }

    private Stage AddContinued(int trial, int level, TrainRecipe recipe, Stage mask, Stage trained)
    {
        var train = TrainStage.Create(
            recipe with { FromTrained = true }, Label(ContinuedBranch, trial, level), mask, trained, _split, _threads);
        _nodes.Add(new TicketNode(ContinuedBranch, trial, level, train, mask));
        return train;
    }

    private Stage Prune(int trial, int level, int rounds, Stage trained, Stage dense, Stage? previous)
    {
        var draws = CriterionRegistry.Get(_experiment.Pruning.Criterion).Draws;
        var recipe = new PruneRecipe
        {
            // What the schedule comes to is the rounds and the parents; level 1 is the same in both schedules.
            Pruning = _experiment.Pruning with { Schedule = PruningSchedule.Iterative },
            Rounds = rounds,
            Seed = draws ? TrialSeeds.Pruning(_experiment.Seed, trial, level) : default,
        };
        return PruneStage.Create(recipe, Label("pruning", trial, level), Layers, trained, dense, previous);
    }

    private void AddControls(int trial, int level, TrainRecipe recipe, Stage prune, Stage dense, Stage trained)
    {
        foreach (var control in _experiment.Controls)
        {
            var start = ControlRegistry.Get(control.Name).Start;
            for (var draw = 1; draw <= control.Draws; draw++)
            {
                var drawn = recipe with
                {
                    Control = control.Name,
                    ControlSeed = TrialSeeds.Control(_experiment.Seed, control.Name, trial, level, draw),
                    ControlScale = control.Scale ?? 1,
                    ControlKeepsSigns = control.KeepSigns,
                    DataOrder = control.OtherOrder
                        ? TrialSeeds.OtherOrder(_experiment.Seed, trial, draw)
                        : recipe.DataOrder,
                    FromTrained = start == ControlStart.Trained,
                    FirstStep = start == ControlStart.Rewound ? _retraining.KeepStep : 0,
                };
                var number = ((trial - 1) * control.Draws) + draw;
                var train = TrainStage.Create(
                    drawn, Label(control.Branch, number, level), prune,
                    start == ControlStart.Trained ? trained : dense, _split, _threads);
                _nodes.Add(new TicketNode(control.Branch, number, level, train, prune));
            }
        }
    }

    private static string Label(string branch, int trial, int level) =>
        FormattableString.Invariant($"{branch} · trial {trial} · level {level}");
}

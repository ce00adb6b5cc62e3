using Tombola.Experiments;

namespace Tombola.Tickets.Xor;

/// <summary>One training of an experiment on XOR that its tables report.</summary>
/// <param name="Strategy">How units were pruned; <see cref="XorGraph.Unpruned"/> where none are.</param>
/// <param name="Hidden">Hidden units at first.</param>
/// <param name="Units">Hidden units left.</param>
/// <param name="Train">The stage.</param>
internal sealed record XorNode(string Strategy, int Hidden, int Units, Stage Train);

/// <summary>Lays an experiment on XOR out as stages.</summary>
/// <remarks>All strategies start from one training of each size; only the sizes asked for are reported.</remarks>
internal static class XorGraph
{
    /// <summary>What the strategy is called where nothing is pruned.</summary>
    internal const string Unpruned = "unpruned";

    /// <summary>Lays out strategy by strategy, size by size, from the most units to the fewest.</summary>
    /// <param name="experiment">The experiment, validated.</param>
    /// <param name="threads">Threads of each training.</param>
    internal static IReadOnlyList<XorNode> Nodes(XorExperiment experiment, int threads)
    {
        var nodes = new List<XorNode>();
        var dense = experiment.Hidden.Select(hidden => Dense(experiment, hidden, threads)).ToArray();
        if (experiment.Pruning.Strategies.Count == 0)
            nodes.AddRange(dense);
        foreach (var strategy in experiment.Pruning.Strategies)
        {
            foreach (var node in dense)
            {
                nodes.Add(node with { Strategy = strategy.Label });
                nodes.AddRange(Pruned(experiment, strategy, node, threads));
            }
        }

        return nodes;
    }

    private static XorNode Dense(XorExperiment experiment, int hidden, int threads)
    {
        var recipe = new XorRecipe
        {
            Trials = experiment.Trials, Units = hidden, Seed = experiment.Seed, Training = experiment.Training,
        };
        var stage = XorStage.Create(recipe, Label(Unpruned, hidden), parent: null, threads);
        return new XorNode(Unpruned, hidden, hidden, stage);
    }

    private static IEnumerable<XorNode> Pruned(
        XorExperiment experiment, XorStrategy strategy, XorNode dense, int threads)
    {
        int[] targets = [.. experiment.Pruning.To.OrderDescending()];
        var parent = dense.Train;
        for (var units = dense.Units - 1; units >= targets[^1]; units--)
        {
            if (strategy.Schedule == PruningSchedule.OneShot && !targets.Contains(units))
                continue;
            var recipe = new XorRecipe
            {
                Trials = experiment.Trials, Units = units, Score = strategy.Score, Training = experiment.Training,
            };
            var stage = XorStage.Create(recipe, Label(strategy.Label, units), parent, threads);
            if (strategy.Schedule == PruningSchedule.Iterative)
                parent = stage;
            if (targets.Contains(units))
                yield return new XorNode(strategy.Label, dense.Hidden, units, stage);
        }
    }

    private static string Label(string strategy, int units) =>
        FormattableString.Invariant($"{strategy} · {units} hidden {(units == 1 ? "unit" : "units")}");
}

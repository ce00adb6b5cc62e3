using Tombola.Pruning.Units;

namespace Tombola.Tickets.Xor;

/// <summary>Says whether an experiment on XOR makes sense, be it read from a file or built in C#.</summary>
internal static class XorRules
{
    /// <summary>The most networks of a size.</summary>
    internal const int MostTrials = 100_000;

    /// <summary>The most hidden units of a network.</summary>
    internal const int MostUnits = 1_000;

    /// <summary>Checks everything.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="source">Its file or name, for the message.</param>
    /// <exception cref="InputException">An option is unknown, out of range, or contradicts another.</exception>
    internal static void Check(XorExperiment experiment, string source)
    {
        ExperimentRules.CheckName(experiment.Name, source);
        var (training, scoring, pruning) = (experiment.Training, experiment.Scoring, experiment.Pruning);
        Require(experiment.Trials is >= 1 and <= MostTrials, "trials", "1 to 100,000", experiment.Trials);
        CheckUnits("hidden", experiment.Hidden, MostUnits, "1 to 1,000 units");
        Require(experiment.Hidden.Count > 0, "hidden", "at least one number of units", "none");
        Require(training.Steps >= 1, "training.steps", "1 or more", training.Steps);
        Require(IsPositive(training.LearningRate), "training.learning-rate", "more than 0", training.LearningRate);
        Require(IsPositive(training.Deviation), "training.deviation", "more than 0", training.Deviation);
        Require(scoring.Tolerance is >= 0 and < 0.5, "scoring.tolerance", "0 to below 0.5", scoring.Tolerance);
        Require(IsPositive(scoring.ZeroLoss), "scoring.zero-loss", "more than 0", scoring.ZeroLoss);
        CheckUnits("pruning.to", pruning.To, experiment.Hidden.Min() - 1, "fewer units than any number in hidden");
        foreach (var strategy in pruning.Strategies)
        {
            _ = UnitScoreRegistry.Get(strategy.Score);
            Require(
                strategy.Schedule is PruningSchedule.Iterative or PruningSchedule.OneShot, "pruning.strategies",
                "iterative or one-shot schedules", strategy.Schedule);
        }

        Require(
            pruning.Strategies.Distinct().Count() == pruning.Strategies.Count, "pruning.strategies",
            "each strategy once", "one of them twice");
        Require(
            pruning.To.Count == 0 == (pruning.Strategies.Count == 0), "pruning", "both to and strategies, or neither",
            pruning.To.Count == 0 ? "strategies alone" : "to alone");

        void CheckUnits(string key, IReadOnlyList<int> units, int most, string expected)
        {
            foreach (var number in units)
                Require(number >= 1 && number <= most, key, expected, number);
            Require(units.Distinct().Count() == units.Count, key, "each number of units once", "one of them twice");
        }

        void Require(bool met, string key, string expected, object found)
        {
            if (!met)
            {
                throw new InputException(
                    FormattableString.Invariant($"{source}: {key}: expected {expected}, got {found}."));
            }
        }
    }

    private static bool IsPositive(double value) => value > 0 && double.IsFinite(value);
}

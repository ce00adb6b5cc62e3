using Tombola.Tickets;

namespace Tombola.Analysis;

/// <summary>Several small tickets voting, against one dense network: accuracy, and what it costs.</summary>
/// <remarks>
/// The tickets of a vote come from different trials at one level, with their weights at the end of training. Of n
/// trials, k tickets are taken as the n runs of k neighbours in a ring, so that each counts as often as the others.
/// Cost is counted in multiply-adds of the prunable weights for one example: one a surviving weight. Level 0 shows
/// dense networks voting.
/// </remarks>
internal sealed class Ensemble : IAnalysis
{
    internal const string Name = "ensemble";

    /// <inheritdoc/>
    public IReadOnlyList<AnalysisTable> Run(AnalysisInput input, CancellationToken cancellation)
    {
        _ = input.Run.PrunedTickets(Name);
        var rows = new List<EnsembleRow>();
        foreach (var experiment in LevelGroup.Of(input.Run.Tickets).GroupBy(group => group.Experiment))
        {
            var (test, dense) = (TestSet.Load(input.Run, experiment.Key, input.Data), (Spread?)null);
            foreach (var group in experiment)
            {
                cancellation.ThrowIfCancellationRequested();
                var votes = Vote(group, test).ToArray();
                if (group.Level == 0)
                    dense = votes[0].Mean;
                rows.AddRange(votes.Select(vote => RowOf(group, vote, dense)));
            }
        }

        return [AnalysisTable.Of(Name, rows)];
    }

    /// <summary>Chooses the groups of k among n in a ring.</summary>
    /// <returns>n groups of neighbours; a single one where k is n.</returns>
    internal static IEnumerable<int[]> Groups(int k, int n) =>
        Enumerable.Range(0, k == n ? 1 : n).Select(start => Enumerable.Range(start, k).Select(i => i % n).ToArray());

    private static IEnumerable<(int Tickets, int Groups, Spread Mean, Spread Majority)> Vote(
        LevelGroup group, TestSet test)
    {
        double[][] answers = [.. group.Trainings.Select(test.Probabilities)];
        for (var k = 1; k <= answers.Length; k++)
        {
            int[][] groups = [.. Groups(k, answers.Length)];
            yield return (
                k, groups.Length,
                Spread.Of(groups.Select(members => Accuracy(answers, members, test, Voting.MeanProbability)))!,
                Spread.Of(groups.Select(members => Accuracy(answers, members, test, Voting.Majority)))!);
        }
    }

    private static double Accuracy(
        double[][] answers, int[] members, TestSet test,
        Func<IReadOnlyList<ReadOnlyMemory<double>>, int> vote)
    {
        var (classes, correct) = (test.Classes, 0);
        var labels = test.Labels.Span;
        var networks = new ReadOnlyMemory<double>[members.Length];
        for (var example = 0; example < labels.Length; example++)
        {
            for (var i = 0; i < networks.Length; i++)
                networks[i] = answers[members[i]].AsMemory(example * classes, classes);
            correct += vote(networks) == labels[example] ? 1 : 0;
        }

        return (double)correct / labels.Length;
    }

    private static EnsembleRow RowOf(
        LevelGroup group, (int Tickets, int Groups, Spread Mean, Spread Majority) vote, Spread? dense)
    {
        var cost = vote.Tickets * group.Trainings.Average(training => (double)training.WeightsRemaining);
        return new EnsembleRow(
            group.Experiment, group.Level, group.Density, vote.Tickets, vote.Groups, cost,
            cost / group.Trainings[0].WeightsTotal, vote.Mean.Mean, vote.Mean.Min, vote.Mean.Max, vote.Majority.Mean,
            vote.Majority.Min, vote.Majority.Max, dense?.Mean, dense?.Min, dense?.Max);
    }
}

/// <summary>How well k tickets of a level do together on the test set.</summary>
/// <param name="Experiment">The name of the experiment, with that of its variant.</param>
/// <param name="Level">Rounds of pruning; 0 for dense networks.</param>
/// <param name="Density">Survivors of each network as a fraction.</param>
/// <param name="Tickets">How many vote, k.</param>
/// <param name="Groups">How many groups of k trials were tried.</param>
/// <param name="MultiplyAdds">Multiply-adds of all k for one example, in the mean over trials.</param>
/// <param name="RelativeCost">These as a multiple of one dense network's.</param>
/// <param name="MeanProbability">
/// Accuracy of the class whose probability is largest in the mean over tickets; mean over groups.
/// </param>
/// <param name="MeanProbabilityMin">The least of any group.</param>
/// <param name="MeanProbabilityMax">The largest of any group.</param>
/// <param name="Majority">
/// Accuracy of the class that most tickets vote for, ties by mean probability; mean over groups.
/// </param>
/// <param name="MajorityMin">The least of any group.</param>
/// <param name="MajorityMax">The largest of any group.</param>
/// <param name="Dense">Accuracy of one dense network, mean over trials; null where none was trained.</param>
/// <param name="DenseMin">The least of any trial.</param>
/// <param name="DenseMax">The largest of any trial.</param>
public sealed record EnsembleRow(
    string Experiment, int Level, double Density, int Tickets, int Groups, double MultiplyAdds, double RelativeCost,
    double MeanProbability, double MeanProbabilityMin, double MeanProbabilityMax, double Majority, double MajorityMin,
    double MajorityMax, double? Dense, double? DenseMin, double? DenseMax);

using Tombola.Tickets;

namespace Tombola.Analysis;

/// <summary>How much better networks do on what they have learned from than on the test set.</summary>
/// <remarks>Read from <c>results.csv</c> alone. Source: Frankle and Carbin 2019, §2 and §5, on figure 4.</remarks>
internal sealed class GeneralisationGap : IAnalysis
{
    internal const string Name = "generalisation-gap";

    private static readonly (string Name, Func<AnalysedTraining, AccuracyPair> At)[] Moments =
        [("early-stop", training => training.EarlyStop), ("final", training => training.Final)];

    /// <inheritdoc/>
    public IReadOnlyList<AnalysisTable> Run(AnalysisInput input, CancellationToken cancellation) =>
    [
        AnalysisTable.Of<GeneralisationGapRow>(
            Name,
            [.. LevelGroup.Of(input.Run.Trainings).SelectMany(group => Moments.Select(
                moment => Describe(group, moment.Name, [.. group.Trainings.Select(moment.At)])))]),
    ];

    private static GeneralisationGapRow Describe(LevelGroup group, string moment, AccuracyPair[] accuracies)
    {
        var gap = Spread.Of(accuracies.Select(pair => pair.Gap))!;
        return new GeneralisationGapRow(
            group.Experiment, group.Branch, group.Level, group.Density, moment, accuracies.Length,
            accuracies.Average(pair => pair.Train), accuracies.Average(pair => pair.Test), gap.Mean, gap.Min, gap.Max);
    }
}

/// <summary>The generalisation gap of a branch at a level, over the trials.</summary>
/// <param name="Experiment">The name of the experiment, with that of its variant.</param>
/// <param name="Branch"><c>winning-ticket</c>, or the control's label.</param>
/// <param name="Level">Rounds of pruning, from 0.</param>
/// <param name="Density">Survivors of the network as a fraction.</param>
/// <param name="Moment"><c>early-stop</c>, the step of least validation loss, or <c>final</c>.</param>
/// <param name="Trials">Trainings.</param>
/// <param name="TrainAccuracy">The mean accuracy on the training set.</param>
/// <param name="TestAccuracy">The mean accuracy on the test set.</param>
/// <param name="Gap">The mean of training minus test accuracy.</param>
/// <param name="GapMin">The least of any trial.</param>
/// <param name="GapMax">The largest of any trial.</param>
public sealed record GeneralisationGapRow(
    string Experiment, string Branch, int Level, double Density, string Moment, int Trials, double TrainAccuracy,
    double TestAccuracy, double Gap, double GapMin, double GapMax);

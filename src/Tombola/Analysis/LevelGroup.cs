namespace Tombola.Analysis;

/// <summary>The trainings of one branch at one level, over the trials.</summary>
/// <param name="Experiment">The name of the experiment, with that of its variant.</param>
/// <param name="Branch">The branch.</param>
/// <param name="Level">Rounds of pruning, from 0.</param>
/// <param name="Trainings">At least one.</param>
internal sealed record LevelGroup(
    string Experiment, string Branch, int Level, IReadOnlyList<AnalysedTraining> Trainings)
{
    /// <summary>Survivors as a fraction; the mean over trials, which may differ in a few weights.</summary>
    internal double Density => Trainings.Average(training => training.Density);

    /// <summary>Groups trainings, in the order in which they first appear; the levels of a branch ascend.</summary>
    internal static IReadOnlyList<LevelGroup> Of(IEnumerable<AnalysedTraining> trainings) =>
    [
        .. trainings
            .GroupBy(training => (training.Experiment, training.Branch))
            .SelectMany(branch => branch.GroupBy(training => training.Level).OrderBy(level => level.Key).Select(
                level => new LevelGroup(branch.Key.Experiment, branch.Key.Branch, level.Key, [.. level]))),
    ];
}

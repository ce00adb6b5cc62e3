namespace Tombola.Experiments.Batch;

/// <summary>A job as planned, before a scheduler knows it.</summary>
/// <param name="Stages">What its tasks compute, one each.</param>
/// <param name="Corresponding">Positions in the plan of the jobs whose tasks of the same number it needs.</param>
/// <param name="Before">The position of the job that must have ended altogether, or null.</param>
/// <param name="UnderWay">Stages of earlier submissions that it needs, or has to wait for.</param>
internal sealed record PlannedJob(
    IReadOnlyList<Stage> Stages, IReadOnlyList<int> Corresponding, int? Before, IReadOnlyList<StageId> UnderWay);

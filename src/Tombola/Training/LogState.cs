namespace Tombola.Training;

/// <summary>What a <see cref="TrainingLog"/> carries from step to step.</summary>
/// <param name="Curve">The evaluations so far.</param>
/// <param name="Best">Which of them is the early stop so far; −1 for none.</param>
/// <param name="BestWeights">The weights at that evaluation; null for none.</param>
/// <param name="LossSum">Sum of the batches' losses since the last evaluation.</param>
/// <param name="Losses">Number of these batches.</param>
/// <param name="Seconds">Wall time so far, interruptions apart.</param>
/// <param name="EvaluationSeconds">Wall time of the evaluations alone.</param>
/// <param name="CheckpointSeconds">Wall time of writing checkpoints alone.</param>
internal sealed record LogState(
    IReadOnlyList<CurvePoint> Curve, int Best, Weights? BestWeights, double LossSum, long Losses, double Seconds,
    double EvaluationSeconds, double CheckpointSeconds)
{
    internal static readonly LogState Start = new([], -1, null, 0, 0, 0, 0, 0);
}

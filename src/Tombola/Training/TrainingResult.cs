namespace Tombola.Training;

/// <summary>What a training came to.</summary>
/// <remarks>
/// Training always runs its full number of steps; the early-stopping step is read off afterwards as the step of least
/// validation loss (Frankle and Carbin 2019, §2), the first of equals.
/// </remarks>
/// <param name="Curve">The evaluations, in order.</param>
/// <param name="EarlyStop">The evaluation of least validation loss; null if the training diverged before any.</param>
/// <param name="EarlyStopTrainAccuracy">Fraction of the training set classified correctly at that step.</param>
/// <param name="Final">The last evaluation; null if the training diverged.</param>
/// <param name="FinalTrainAccuracy">Fraction of the training set classified correctly at the end.</param>
/// <param name="DivergedAt">The step whose loss was not finite, or null.</param>
/// <param name="Seconds">Wall time, evaluations included and interruptions not.</param>
/// <param name="EvaluationSeconds">Wall time of the evaluations alone.</param>
public sealed record TrainingResult(
    IReadOnlyList<CurvePoint> Curve, CurvePoint? EarlyStop, double? EarlyStopTrainAccuracy,
    CurvePoint? Final, double? FinalTrainAccuracy, long? DivergedAt, double Seconds, double EvaluationSeconds)
{
    /// <summary><c>completed</c>, or <c>diverged at step N</c>.</summary>
    public string Status =>
        DivergedAt is { } step ? FormattableString.Invariant($"diverged at step {step}") : "completed";

    /// <summary>Wall time of writing checkpoints, a part of <see cref="Seconds"/>.</summary>
    public double CheckpointSeconds { get; init; }

    /// <summary>Multiply-adds of a forward pass of one example on the surviving weights.</summary>
    /// <value>Null where whoever trained did not count them.</value>
    public long? MultiplyAdds { get; init; }
}

namespace Tombola.Training;

/// <summary>One evaluation during a training: a row of <c>curves.csv</c>.</summary>
/// <param name="Step">Optimizer steps done.</param>
/// <param name="LearningRate">The learning rate of the last step.</param>
/// <param name="TrainLoss">Mean loss of the batches since the last evaluation; NaN at the start.</param>
/// <param name="ValidationLoss">Mean cross-entropy over the validation set.</param>
/// <param name="ValidationAccuracy">Fraction classified correctly.</param>
/// <param name="TestLoss">Mean cross-entropy over the test set.</param>
/// <param name="TestAccuracy">Fraction classified correctly.</param>
/// <param name="Seconds">Wall time since the training began.</param>
public sealed record CurvePoint(
    long Step, double LearningRate, double TrainLoss, double ValidationLoss, double ValidationAccuracy,
    double TestLoss, double TestAccuracy, double Seconds);

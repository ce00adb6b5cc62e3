namespace Tombola.Tickets;

/// <summary>A branch at one level, over its trials.</summary>
/// <param name="Branch"><c>winning-ticket</c>, or the control's name.</param>
/// <param name="Level">Rounds of pruning, from 0.</param>
/// <param name="WeightsRemaining">Surviving prunable weights.</param>
/// <param name="WeightsTotal">Prunable weights.</param>
/// <param name="Density">Survivors as a fraction.</param>
/// <param name="Trials">Trainings that count.</param>
/// <param name="Failed">Trainings that diverged or did not run.</param>
/// <param name="EarlyStopStep">The step of least validation loss.</param>
/// <param name="EarlyStopTestAccuracy">Test accuracy at that step, a fraction.</param>
/// <param name="FinalTestAccuracy">Test accuracy at the end, a fraction.</param>
/// <param name="FinalTrainAccuracy">Training accuracy at the end, a fraction.</param>
/// <param name="Seconds">Wall time of a training.</param>
/// <param name="Verdict">
/// How it compares with the dense network; null for that network, and where nothing counts.
/// </param>
public sealed record LevelSummary(
    string Branch, int Level, long WeightsRemaining, long WeightsTotal, double Density, int Trials, int Failed,
    Spread? EarlyStopStep, Spread? EarlyStopTestAccuracy, Spread? FinalTestAccuracy, Spread? FinalTrainAccuracy,
    Spread? Seconds, Verdict? Verdict);

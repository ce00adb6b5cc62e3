using Tombola.Training;

namespace Tombola.Tickets;

/// <summary>How one training of an experiment went: a row of <c>results.csv</c>.</summary>
/// <param name="Branch"><c>winning-ticket</c> for the main line, the control's name otherwise.</param>
/// <param name="Trial">From 1; a control drawn d times a ticket has d times as many.</param>
/// <param name="Level">Rounds of pruning, from 0.</param>
/// <param name="WeightsRemaining">Surviving prunable weights.</param>
/// <param name="WeightsTotal">Prunable weights.</param>
/// <param name="Training">What the training came to; null where it was not run to its end.</param>
/// <param name="Status"><c>completed</c>, <c>diverged at step N</c>, or why it was not run.</param>
/// <param name="Stage">The id of the training stage.</param>
public sealed record LevelResult(
    string Branch, int Trial, int Level, long WeightsRemaining, long WeightsTotal, TrainingResult? Training,
    string Status, string Stage)
{
    /// <summary>Survivors as a fraction of the prunable weights.</summary>
    public double Density => WeightsTotal == 0 ? 1 : (double)WeightsRemaining / WeightsTotal;

    /// <summary>Whether the training went through, so that it counts in means and verdicts.</summary>
    public bool Completed => Training is { DivergedAt: null };
}

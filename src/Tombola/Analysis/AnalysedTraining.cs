using Tombola.Experiments;
using Tombola.Formats;
using Tombola.Tickets;

namespace Tombola.Analysis;

/// <summary>One training of a run that went through: a row of <c>results.csv</c>.</summary>
/// <param name="Experiment">The name of the experiment, with that of its variant where it has variants.</param>
/// <param name="Branch"><c>winning-ticket</c> for the main line, the control's label otherwise.</param>
/// <param name="Trial">From 1.</param>
/// <param name="Level">Rounds of pruning, from 0.</param>
/// <param name="WeightsRemaining">Surviving prunable weights.</param>
/// <param name="WeightsTotal">Prunable weights.</param>
/// <param name="Stage">The training's stage.</param>
/// <param name="EarlyStop">Accuracies at the step of least validation loss.</param>
/// <param name="Final">Accuracies at the end of training.</param>
public sealed record AnalysedTraining(
    string Experiment, string Branch, int Trial, int Level, long WeightsRemaining, long WeightsTotal, StageId Stage,
    AccuracyPair EarlyStop, AccuracyPair Final)
{
    private const string Completed = "completed";

    /// <summary>Survivors as a fraction of the prunable weights.</summary>
    public double Density => WeightsTotal == 0 ? 1 : (double)WeightsRemaining / WeightsTotal;

    /// <summary>Whether it belongs to the main line: a ticket, or the dense network.</summary>
    public bool IsTicket => Branch == TicketGraph.MainBranch;

    /// <summary>What the training is called in messages.</summary>
    internal string Label =>
        FormattableString.Invariant($"{Experiment}: {Branch}, trial {Trial}, level {Level}");

    /// <summary>Reads a row; null for a training that diverged or was not run.</summary>
    /// <exception cref="InputException">A field is missing or malformed.</exception>
    internal static AnalysedTraining? Of(CsvRow row) =>
        row.Text("status") != Completed
            ? null
            : new AnalysedTraining(
                row.Text("experiment"), row.Text("branch"), (int)row.Integer("trial"), (int)row.Integer("level"),
                row.Integer("weights_remaining"), row.Integer("weights_total"), new StageId(row.Text("stage")),
                new AccuracyPair(row.Number("early_stop_train_accuracy"), row.Number("early_stop_test_accuracy")),
                new AccuracyPair(row.Number("final_train_accuracy"), row.Number("final_test_accuracy")));
}

/// <summary>How well a network does at one moment of its training.</summary>
/// <param name="Train">Fraction of the training set classified correctly.</param>
/// <param name="Test">Fraction of the test set classified correctly.</param>
public sealed record AccuracyPair(double Train, double Test)
{
    /// <summary>The generalisation gap: training accuracy minus test accuracy.</summary>
    public double Gap => Train - Test;
}

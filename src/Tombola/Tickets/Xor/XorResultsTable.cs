using Tombola.Formats;

namespace Tombola.Tickets.Xor;

/// <summary>Writes <c>results.csv</c> of an experiment on XOR: one row a strategy and size.</summary>
internal static class XorResultsTable
{
    private static readonly string[] Columns =
    [
        "experiment", "strategy", "hidden", "units", "trials", "decision_boundary", "decision_boundary_low",
        "decision_boundary_high", "decision_boundary_strict", "decision_boundary_strict_low",
        "decision_boundary_strict_high", "zero_loss", "zero_loss_low", "zero_loss_high", "mean_loss",
        "published_decision_boundary", "published_zero_loss", "status", "stage",
    ];

    /// <summary>Writes the table.</summary>
    /// <param name="path">The file, overwritten.</param>
    /// <param name="summary">The results.</param>
    internal static void Write(string path, XorSummary summary)
    {
        using var csv = new CsvWriter(path, Columns);
        foreach (var row in summary.Rows)
        {
            var (within, strict, zero) = (row.DecisionBoundary, row.DecisionBoundaryStrict, row.ZeroLoss);
            csv.Write(
                summary.Experiment.Name, row.Strategy, row.Hidden, row.Units, summary.Experiment.Trials, within?.Rate,
                within?.Low, within?.High, strict?.Rate, strict?.Low, strict?.High, zero?.Rate, zero?.Low, zero?.High,
                row.MeanLoss, row.Published?.DecisionBoundary, row.Published?.ZeroLoss, row.Status, row.Stage);
        }
    }
}

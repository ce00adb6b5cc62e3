using Tombola.Formats;

namespace Tombola.Tickets;

/// <summary>Writes <c>results.csv</c>: one row a trial, branch and level.</summary>
public static class ResultsTable
{
    /// <summary>The columns, in order.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "experiment", "branch", "trial", "level", "weights_remaining", "weights_total", "density", "multiply_adds",
        "early_stop_step", "early_stop_val_loss", "early_stop_val_accuracy", "early_stop_test_accuracy",
        "early_stop_train_accuracy", "final_step", "final_val_loss", "final_test_accuracy", "final_train_accuracy",
        "seconds", "status", "stage",
    ];

    /// <summary>Writes the table.</summary>
    /// <param name="path">The file, overwritten.</param>
    /// <param name="results">The rows, each with the full name of its experiment.</param>
    public static void Write(string path, IEnumerable<(string Experiment, LevelResult Row)> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        using var csv = new CsvWriter(path, Columns);
        foreach (var (experiment, row) in results)
        {
            var (training, stop, final) = (row.Training, row.Training?.EarlyStop, row.Training?.Final);
            csv.Write(
                experiment, row.Branch, row.Trial, row.Level, row.WeightsRemaining, row.WeightsTotal, row.Density,
                training?.MultiplyAdds, stop?.Step, stop?.ValidationLoss, stop?.ValidationAccuracy, stop?.TestAccuracy,
                training?.EarlyStopTrainAccuracy, final?.Step, final?.ValidationLoss, final?.TestAccuracy,
                training?.FinalTrainAccuracy, training?.Seconds, row.Status, row.Stage);
        }
    }
}

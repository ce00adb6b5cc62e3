using Tombola.Formats;

namespace Tombola.Cli.Rendering;

/// <summary>One training of a level, from <c>results.csv</c>; null where it was not run to its end.</summary>
internal sealed record TrialRow(
    string Branch, int Trial, int Level, long WeightsRemaining, double Density, long? MultiplyAdds, long? EarlyStopStep,
    double? EarlyStopValLoss, double? EarlyStopTestAccuracy, double? FinalTestAccuracy, double? FinalTrainAccuracy,
    double? Seconds, string Status, string Stage)
{
    /// <summary>Reads a row.</summary>
    /// <exception cref="InputException">A field is damaged.</exception>
    internal static TrialRow Of(CsvRow row) => new(
        row.Text("branch"), (int)row.Integer("trial"), (int)row.Integer("level"), row.Integer("weights_remaining"),
        row.Number("density"),
        row.Has("multiply_adds") && !row.IsEmpty("multiply_adds") ? row.Integer("multiply_adds") : null,
        row.IsEmpty("early_stop_step") ? null : row.Integer("early_stop_step"),
        Maybe(row, "early_stop_val_loss"), Maybe(row, "early_stop_test_accuracy"), Maybe(row, "final_test_accuracy"),
        Maybe(row, "final_train_accuracy"), Maybe(row, "seconds"), row.Text("status"), row.Text("stage"));

    private static double? Maybe(CsvRow row, string column) => row.IsEmpty(column) ? null : row.Number(column);
}

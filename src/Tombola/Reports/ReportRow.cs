using Tombola.Formats;

namespace Tombola.Reports;

/// <summary>A row of <c>results.csv</c>: a trial of a branch at a level.</summary>
/// <param name="Experiment">The full name, with the variant's after a slash.</param>
/// <param name="Branch"><c>winning-ticket</c>, or the control's.</param>
/// <param name="Trial">From 1.</param>
/// <param name="Level">From 0.</param>
/// <param name="Density">Survivors as a fraction.</param>
/// <param name="EarlyStopStep">Optimizer steps.</param>
/// <param name="EarlyStopTest">Test accuracy at that step, a fraction.</param>
/// <param name="FinalTest">Test accuracy at the end, a fraction.</param>
/// <param name="FinalTrain">Training accuracy at the end, a fraction.</param>
/// <param name="Stage">The id of the training.</param>
internal sealed record ReportRow(
    string Experiment, string Branch, int Trial, int Level, double Density, double EarlyStopStep, double EarlyStopTest,
    double FinalTest, double FinalTrain, string Stage)
{
    internal const string MainBranch = "winning-ticket";

    /// <summary>Reads the trainings that went through.</summary>
    internal static IReadOnlyList<ReportRow> Read(CsvTable table) =>
        [.. table.Rows.Where(row => row.Text("status") == "completed").Select(Of)];

    private static ReportRow Of(CsvRow row) => new(
        row.Text("experiment"), row.Text("branch"), (int)row.Integer("trial"), (int)row.Integer("level"),
        row.Number("density"), row.Number("early_stop_step"), row.Number("early_stop_test_accuracy"),
        row.Number("final_test_accuracy"), row.Number("final_train_accuracy"), row.Text("stage"));
}

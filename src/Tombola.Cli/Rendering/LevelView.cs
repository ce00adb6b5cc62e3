using System.Globalization;
using Spectre.Console;

namespace Tombola.Cli.Rendering;

/// <summary>Shows the trainings of one level, trial by trial.</summary>
internal static class LevelView
{
    private const int StageDigits = 8;

    /// <summary>Writes the table.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="rows">The trainings, one or more, all of one level.</param>
    internal static void Write(IAnsiConsole console, IReadOnlyList<TrialRow> rows)
    {
        var first = rows[0];
        var counted = rows.FirstOrDefault(row => row.MultiplyAdds is not null)?.MultiplyAdds;
        console.WriteLine(
            Text($"Level {first.Level}: {first.WeightsRemaining:N0} weights, {100 * first.Density:0.0} % of all")
            + (counted is null ? "." : Text($"; {counted:N0} multiply-adds an example.")));
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(new TableColumn("branch").NoWrap());
        foreach (var title in new[] { "trial", "stop", "val loss", "test", "at end", "s", "stage" })
            table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        foreach (var row in rows)
        {
            table.AddRow(
                Markup.Escape(row.Branch), Text($"{row.Trial}"), Text($"{row.EarlyStopStep:N0}"),
                Text($"{row.EarlyStopValLoss:0.0000}"), Percent(row.EarlyStopTestAccuracy),
                Percent(row.FinalTestAccuracy), Text($"{row.Seconds:0.0}"),
                Markup.Escape(row.Stage[..Math.Min(StageDigits, row.Stage.Length)]));
        }

        console.Write(table);
        foreach (var row in rows.Where(row => row.Status != "completed"))
            console.MarkupLineInterpolated($"[yellow]{row.Branch}, trial {row.Trial}: {row.Status}[/]");
    }

    private static string Percent(double? fraction) => fraction is null ? "" : Text($"{100 * fraction:0.00} %");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using Spectre.Console;
using Tombola.Tickets;

namespace Tombola.Cli.Rendering;

/// <summary>Shows what a run would compute.</summary>
internal static class PlanView
{
    /// <summary>Writes the plan.</summary>
    internal static void Write(IAnsiConsole console, RunPlan plan)
    {
        var table = new Table().Border(TableBorder.Rounded);
        string[] titles = ["experiment", "level", "weights remaining", "density", "multiply-adds", "trainings"];
        foreach (var title in titles)
            table.AddColumn(new TableColumn(title).RightAligned());
        foreach (var level in plan.Levels)
        {
            table.AddRow(
                level.Level == 0 ? Markup.Escape(level.Experiment) : "", Text($"{level.Level}"),
                Text($"{level.WeightsRemaining:N0}"), Text($"{100 * level.Density:0.0} %"),
                Magnitudes.Of(level.MultiplyAdds),
                Text($"{level.Trainings}"));
        }

        console.Write(table);
        console.WriteLine(Text(
            $"{plan.Trainings} trainings, {plan.InStore} already there; ")
            + $"{Durations.Of(plan.EstimatedSeconds)} to go.");
        console.MarkupLineInterpolated($"[grey]{plan.Folder}[/]");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

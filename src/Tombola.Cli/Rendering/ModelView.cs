using System.Globalization;
using Spectre.Console;
using Tombola.Tickets;

namespace Tombola.Cli.Rendering;

/// <summary>Shows how large networks are.</summary>
internal static class ModelView
{
    /// <summary>Writes a line a network: its description, or in its place what is left at a level.</summary>
    internal static void Write(IAnsiConsole console, IReadOnlyList<ModelSize> models)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn("model").NoWrap());
        foreach (var title in new[] { "parameters", "prunable weights", "multiply-adds" })
            table.AddColumn(new TableColumn(title).RightAligned());
        var level = models.FirstOrDefault(model => model.AtLevel is not null)?.AtLevel?.Level;
        if (level is null)
        {
            table.AddColumn("what it is");
        }
        else
        {
            table.AddColumn(new TableColumn(Text($"left at level {level}")).RightAligned());
            table.AddColumn(new TableColumn("multiply-adds left").RightAligned());
        }

        foreach (var model in models)
        {
            string[] cells =
            [
                Markup.Escape(model.Name), Text($"{model.Parameters:N0}"), Text($"{model.PrunableWeights:N0}"),
                MagnitudeOf(model.MultiplyAdds),
            ];
            table.AddRow(level is null
                ? [.. cells, Markup.Escape(model.Description)]
                : [.. cells, LeftOf(model.AtLevel), MagnitudeOf(model.AtLevel?.MultiplyAdds)]);
        }

        console.Write(table);
    }

    private static string LeftOf(ModelLevel? level) => level is null ? "" : Text($"{100 * level.Density:0.0} %");

    private static string MagnitudeOf(long? count) => count is null ? "" : Magnitudes.Of(count.Value);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

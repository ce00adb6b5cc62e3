using Spectre.Console;
using Tombola.Experiments;

namespace Tombola.Cli.Rendering;

/// <summary>A stage of a run and how it lies in the store.</summary>
internal sealed record StageRow(
    string Stage, string Kind, string Label, StageCondition Condition, string Detail, long Bytes)
{
    /// <summary>Puts together what run and store say of a stage.</summary>
    internal static StageRow Of(StageState state, string kind, string label) =>
        new(state.Id.Value, kind, label, state.Condition, state.Detail, state.Bytes);
}

/// <summary>Writes stages as a table.</summary>
internal static class StagesView
{
    private const int ShownDigits = 8;

    /// <summary>Writes the table, and a line with the sums.</summary>
    internal static void Write(IAnsiConsole console, IReadOnlyList<StageRow> rows)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("stage", "what", "state", "MB");
        foreach (var row in rows)
        {
            var what = row.Label.Length > 0 && row.Kind.Length > 0 ? $"{row.Kind}: {row.Label}" : row.Label;
            var detail = row.Detail.Length > 0 ? $" · {row.Detail}" : "";
            table.AddRow(
                row.Stage[..ShownDigits], Markup.Escape(what),
                $"[{ColourOf(row.Condition)}]{StateText.Of(row.Condition)}[/]{Markup.Escape(detail)}",
                FormattableString.Invariant($"{row.Bytes / 1e6:0.0}"));
        }

        console.Write(table);
        console.WriteLine(StateText.Counts(rows.Select(row => row.Condition)));
    }

    private static string ColourOf(StageCondition condition) => condition switch
    {
        StageCondition.Sound => "green",
        StageCondition.Damaged => "red",
        StageCondition.Running => "aqua",
        _ => "yellow",
    };
}

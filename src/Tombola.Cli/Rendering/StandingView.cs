using Spectre.Console;
using Tombola.Experiments.Batch;

namespace Tombola.Cli.Rendering;

/// <summary>Writes how the stages of a run stand.</summary>
internal static class StandingView
{
    /// <summary>Writes a table, and a line with the sums.</summary>
    internal static void Write(IAnsiConsole console, IReadOnlyList<StageStanding> stages)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("what", "state", "job", "");
        foreach (var stage in stages)
        {
            table.AddRow(
                Markup.Escape($"{stage.Kind}: {stage.Label}"),
                $"[{ColourOf(stage.Phase)}]{StateText.Of(stage.Phase)}[/]", Markup.Escape(stage.Job),
                Markup.Escape(stage.Detail));
        }

        console.Write(table);
        console.WriteLine(StateText.Counts(stages.Select(stage => stage.Phase)));
    }

    private static string ColourOf(StagePhase phase) => phase switch
    {
        StagePhase.Done => "green",
        StagePhase.Failed => "red",
        StagePhase.Running => "aqua",
        _ => "yellow",
    };
}

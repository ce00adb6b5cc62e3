using System.CommandLine;
using Tombola.Cli.Rendering;
using Tombola.Formats;
using Tombola.Tickets;

namespace Tombola.Cli.Commands;

/// <summary><c>tombola show</c>: the tables of a finished run.</summary>
internal static class ShowCommand
{
    /// <summary>Creates the command.</summary>
    internal static Command Create(AnsiTerminal terminal)
    {
        var run = new Argument<string>("run")
        {
            Description = "A run ('tombola list runs'), the beginning of its name, or its folder.",
        };
        run.CompletionSources.Add(Completion.Runs(SharedOptions.Output));
        var level = new Option<int?>("--level")
        {
            Description = "Shows the trainings of this level, trial by trial.",
            HelpName = "N",
            CustomParser = result => Requirement.Whole(result, "--level", 0),
        };
        Requirement.NotEmpty(run);
        var command = new Command("show", "Shows the results of a run, or of one level of it.")
        {
            run, level, SharedOptions.Output, SharedOptions.Json,
        };
        command.SetAction(parsed =>
        {
            var folder = RunFolder.Find(parsed.GetValue(SharedOptions.Output)!, parsed.GetValue(run)!);
            var json = parsed.GetValue(SharedOptions.Json);
            if (ExperimentKind.OfRun(folder) == ExperimentKind.Xor)
                XorCommand.Show(folder, parsed.GetValue(level), json, terminal);
            else if (parsed.GetValue(level) is { } number)
                ShowLevel(folder, number, json, terminal);
            else
                ShowSummary(folder, json, terminal);
            return Application.Done;
        });
        return command;
    }

    private static void ShowSummary(string folder, bool json, AnsiTerminal terminal)
    {
        var summary = RunFolder.ReadSummary(folder);
        if (json)
            terminal.WriteRaw(CanonicalJson.Pretty(summary));
        else
            SummaryView.Write(terminal.Out, summary, folder);
    }

    private static void ShowLevel(string folder, int level, bool json, AnsiTerminal terminal)
    {
        TrialRow[] rows = [.. RunFolder.ReadResults(folder).Rows.Select(TrialRow.Of)];
        TrialRow[] chosen = [.. rows.Where(row => row.Level == level)];
        if (chosen.Length == 0)
        {
            var last = rows.Select(row => row.Level).DefaultIfEmpty().Max();
            throw new InputException($"--level {level}: the run has levels 0 to {last} only.");
        }

        if (json)
            terminal.WriteRaw(CanonicalJson.Pretty(chosen));
        else
            LevelView.Write(terminal.Out, chosen);
    }
}

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
        run.CompletionSources.Add(context =>
            RunFolder.List(context.ParseResult.GetValue(SharedOptions.Output)!)
                .Select(folder => Completion.Item(Path.GetFileName(folder))));
        var command = new Command("show", "Shows the results of a run.")
        {
            run, SharedOptions.Output, SharedOptions.Json,
        };
        command.SetAction(parsed =>
        {
            var folder = RunFolder.Find(parsed.GetValue(SharedOptions.Output)!, parsed.GetValue(run)!);
            var summary = RunFolder.ReadSummary(folder);
            if (parsed.GetValue(SharedOptions.Json))
                terminal.WriteRaw(CanonicalJson.Pretty(summary));
            else
                SummaryView.Write(terminal.Out, summary, folder);
            return Application.Done;
        });
        return command;
    }
}

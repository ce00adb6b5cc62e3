using System.CommandLine;
using Tombola.Reports;
using Tombola.Tickets;

namespace Tombola.Cli.Commands;

/// <summary><c>tombola report</c>: a page about one or more runs.</summary>
internal static class ReportCommand
{
    private static readonly Argument<string[]> Runs = new("run")
    {
        Description = "Runs ('tombola list runs'), the beginnings of their names, or their folders.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> Page = new("--out")
    {
        Description = "The HTML file to write; by default report.html in the folder of the first run.",
        HelpName = "FILE",
    };

    private static readonly Option<string> Store = new("--runs")
    {
        Description = "The folder of the run store.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "tombola-runs",
    };

    static ReportCommand() =>
        Runs.CompletionSources.Add(context =>
            RunFolder.List(context.ParseResult.GetValue(Store)!)
                .Select(folder => Completion.Item(Path.GetFileName(folder))));

    /// <summary>Creates the command.</summary>
    internal static Command Create(AnsiTerminal terminal)
    {
        var command = new Command("report", "Writes a page with the verdicts and figures of one or more runs.")
        {
            Runs, Page, Store,
        };
        command.SetAction(parsed =>
        {
            var output = parsed.GetValue(Store)!;
            string[] folders = [.. parsed.GetValue(Runs)!.Select(run => RunFolder.Find(output, run))];
            var page = parsed.GetValue(Page) ?? Path.Combine(folders[0], "report.html");
            var names = string.Join(' ', folders.Select(folder => Path.GetFileName(folder)));
            foreach (var file in Report.Write(folders, page, $"tombola report {names}"))
                terminal.WriteRaw(file + "\n");
            return Application.Done;
        });
        return command;
    }
}

using System.CommandLine;
using Tombola.Analysis;
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

    private static readonly Option<bool> Analyses = new("--analyses")
    {
        Description = "Shows the figures of all analyses that the run has what it takes for; with one run.",
    };

    static ReportCommand() => Runs.CompletionSources.Add(Completion.Runs(SharedOptions.Store));

    /// <summary>Creates the command.</summary>
    internal static Command Create(AnsiTerminal terminal)
    {
        var command = new Command("report", "Writes a page with the verdicts and figures of one or more runs.")
        {
            Runs, Page, Analyses, SharedOptions.Store, SharedOptions.Data,
        };
        command.SetAction((parsed, cancellation) =>
            Task.Run(() => Write(parsed, terminal, cancellation), CancellationToken.None));
        return command;
    }

    private static int Write(ParseResult parsed, AnsiTerminal terminal, CancellationToken cancellation)
    {
        var output = parsed.GetValue(SharedOptions.Store)!;
        string[] folders = [.. parsed.GetValue(Runs)!.Select(run => RunFolder.Find(output, run))];
        var analysed = parsed.GetValue(Analyses);
        if (analysed && folders.Length > 1)
            throw new InputException("--analyses: expected one run; leave it out to compare several.");
        var page = parsed.GetValue(Page) ?? Path.Combine(folders[0], "report.html");
        var names = string.Join(' ', folders.Select(folder => Path.GetFileName(folder)));
        var command = $"tombola report {names}{(analysed ? " --analyses" : "")}";
        var figures = analysed ? Draw(folders[0], parsed, terminal, cancellation) : [];
        foreach (var file in Report.Write(folders, page, command, figures))
            terminal.WriteRaw(file + "\n");
        return Application.Done;
    }

    private static IReadOnlyList<Figure> Draw(
        string folder, ParseResult parsed, AnsiTerminal terminal, CancellationToken cancellation)
    {
        var input = new AnalysisInput(AnalysedRun.Open(folder)) { Data = SharedOptions.Folders(parsed) };
        return [.. AnalysisOutcome.ComputeAll(input, terminal, cancellation).SelectMany(outcome => outcome.Figures)];
    }
}

using System.CommandLine;
using Tombola.Analysis;
using Tombola.Cli.Rendering;
using Tombola.Formats;
using Tombola.Tickets;

namespace Tombola.Cli.Commands;

/// <summary><c>tombola analyze</c>: computes something about the tickets of a finished run.</summary>
internal static class AnalyzeCommand
{
    private const string All = "all";
    private const string Folder = "analysis";

    private static readonly Argument<string> Run = new("run")
    {
        Description = "A run ('tombola list runs'), the beginning of its name, or its folder.",
    };

    private static readonly Argument<string?> Analysis = new("analysis")
    {
        Description = "What to compute ('tombola list analyses'), or 'all'; without it the analyses are listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string[]> With = new("--with")
    {
        Description = "Another run to hold this one against, for analyses that compare runs; may be repeated.",
        HelpName = "RUN",
    };

    private static readonly Option<string?> Output = new("--out")
    {
        Description = "Where the tables and figures go; by default the folder 'analysis' of the run.",
        HelpName = "FOLDER",
    };

    static AnalyzeCommand()
    {
        Requirement.NotEmpty(Run);
        Requirement.NotEmpty(With);
        Requirement.NotEmpty(Output);
        Run.CompletionSources.Add(Completion.Runs(SharedOptions.Store));
        With.CompletionSources.Add(Completion.Runs(SharedOptions.Store));
        Analysis.CompletionSources.Add(_ => AnalysisRegistry.All.Select(row => Completion.Item(row.Name)));
    }

    /// <summary>Creates the command.</summary>
    internal static Command Create(AnsiTerminal terminal)
    {
        var command = new Command("analyze", "Computes tables and figures about the tickets of a run.")
        {
            Run, Analysis, With, Output, SharedOptions.Store, SharedOptions.Data, SharedOptions.Json,
        };
        command.SetAction((parsed, cancellation) =>
            Task.Run(() => Analyze(parsed, terminal, cancellation), CancellationToken.None));
        return command;
    }

    private static int Analyze(ParseResult parsed, AnsiTerminal terminal, CancellationToken cancellation)
    {
        var input = new AnalysisInput(Open(parsed, parsed.GetValue(Run)!))
        {
            Others = [.. (parsed.GetValue(With) ?? []).Select(run => Open(parsed, run))],
            Data = SharedOptions.Folders(parsed),
        };
        if (parsed.GetValue(Analysis) is not { } name)
            return ListCommand.Show(AnalysisRegistry.All, parsed, terminal);
        var folder = parsed.GetValue(Output) ?? Path.Combine(input.Run.Folder, Folder);
        var outcomes = name == All
            ? AnalysisOutcome.ComputeAll(input, terminal, cancellation)
            : [AnalysisOutcome.Compute(name, input, cancellation)];
        Directory.CreateDirectory(folder);
        foreach (var outcome in outcomes)
            outcome.Write(folder);
        if (parsed.GetValue(SharedOptions.Json))
            terminal.WriteRaw(CanonicalJson.Pretty(outcomes.ToDictionary(o => o.Name, o => o.ByTable)));
        else
            AnalysisView.Write(terminal.Out, outcomes, folder);
        return Application.Done;
    }

    private static AnalysedRun Open(ParseResult parsed, string run) =>
        AnalysedRun.Open(RunFolder.Find(parsed.GetValue(SharedOptions.Store)!, run));
}

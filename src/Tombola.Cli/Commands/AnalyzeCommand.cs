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
        HelpName = "run",
    };

    private static readonly Option<string?> To = new("--to")
    {
        Description = "Where the tables and figures go; by default the folder 'analysis' of the run.",
        HelpName = "folder",
    };

    static AnalyzeCommand()
    {
        Requirement.NotEmpty(Run);
        Requirement.NotEmpty(With);
        Requirement.NotEmpty(To);
        Run.CompletionSources.Add(ShowCommand.CompleteRuns);
        With.CompletionSources.Add(ShowCommand.CompleteRuns);
        Analysis.CompletionSources.Add(_ => AnalysisRegistry.All.Select(row => Completion.Item(row.Name)));
    }

    /// <summary>Creates the command.</summary>
    internal static Command Create(AnsiTerminal terminal)
    {
        var command = new Command("analyze", "Computes tables and figures about the tickets of a run.")
        {
            Run, Analysis, With, To, SharedOptions.Output, SharedOptions.Data, SharedOptions.Json,
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
        var folder = parsed.GetValue(To) ?? Path.Combine(input.Run.Folder, Folder);
        var outcomes = name == All
            ? ComputeAll(input, terminal, cancellation)
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

    /// <summary>Computes all that the run has what it takes for; says of the others what they need.</summary>
    private static AnalysisOutcome[] ComputeAll(
        AnalysisInput input, AnsiTerminal terminal, CancellationToken cancellation)
    {
        var outcomes = new List<AnalysisOutcome>();
        foreach (var (name, _) in AnalysisRegistry.All)
        {
            try
            {
                outcomes.Add(AnalysisOutcome.Compute(name, input, cancellation));
            }
            catch (InputException exception)
            {
                Application.WriteError(terminal, $"{name} is left out: {exception.Message}");
            }
        }

        return [.. outcomes];
    }

    private static AnalysedRun Open(ParseResult parsed, string run) =>
        AnalysedRun.Open(RunFolder.Find(parsed.GetValue(SharedOptions.Output)!, run));
}

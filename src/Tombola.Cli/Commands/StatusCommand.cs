using System.CommandLine;
using Spectre.Console;
using Tombola.Cli.Rendering;
using Tombola.Experiments.Batch;
using Tombola.Formats;
using Tombola.Tickets;

namespace Tombola.Cli.Commands;

/// <summary><c>tombola status</c> and <c>tombola cancel</c>: how a run stands, and the end of its jobs.</summary>
internal static class StatusCommand
{
    /// <summary>Creates <c>tombola status</c>.</summary>
    internal static Command Create(AnsiTerminal terminal)
    {
        var run = RunArgument();
        var command = new Command(
            "status", "Says of each stage of a run whether it is done, running, queued or failed.")
        {
            run, SharedOptions.Output, SharedOptions.Json,
        };
        command.SetAction(parsed =>
        {
            var folder = RunFolder.Find(parsed.GetValue(SharedOptions.Output)!, parsed.GetValue(run)!);
            var tasks = ClusterJobs.Tasks(
                new BatchLedger(folder), message => Application.WriteError(terminal, message));
            var stages = StageStanding.Of(folder, tasks);
            if (parsed.GetValue(SharedOptions.Json))
                terminal.WriteRaw(CanonicalJson.Pretty(stages));
            else
                StandingView.Write(terminal.Out, stages);
            return Application.Done;
        });
        return command;
    }

    /// <summary>Creates <c>tombola cancel</c>.</summary>
    internal static Command CreateCancel(AnsiTerminal terminal)
    {
        var run = RunArgument();
        var command = new Command("cancel", "Ends the cluster jobs of a run, and no others; what is finished is kept.")
        {
            run, SharedOptions.Output,
        };
        command.SetAction(parsed =>
        {
            var folder = RunFolder.Find(parsed.GetValue(SharedOptions.Output)!, parsed.GetValue(run)!);
            var count = ClusterJobs.Cancel(new BatchLedger(folder));
            var name = Path.GetFileName(folder);
            terminal.Error.WriteLine(count == 0
                ? $"{name} has no jobs queued or running."
                : $"{count} stages of {name} were cancelled. The same 'tombola run' goes on from there.");
            return Application.Done;
        });
        return command;
    }

    private static Argument<string> RunArgument()
    {
        var run = new Argument<string>("run")
        {
            Description = "A run ('tombola runs list'), the beginning of its name, or its folder.",
        };
        run.CompletionSources.Add(Completion.Runs(SharedOptions.Output));
        return run;
    }
}

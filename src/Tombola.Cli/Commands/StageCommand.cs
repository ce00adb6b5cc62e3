using System.CommandLine;
using Tombola.Cli.Rendering;
using Tombola.Tickets;

namespace Tombola.Cli.Commands;

/// <summary><c>tombola stage</c>: what a job of a cluster runs; see docs/slurm.md.</summary>
internal static class StageCommand
{
    private static readonly Argument<string> Run = new("run") { Description = "The folder of the run." };

    private static readonly Option<string> Settings = new("--settings")
    {
        Description = "The file with its settings, in its folder of jobs.", Required = true,
    };

    private static readonly Option<string> Job = new("--job")
    {
        Description = "The token of the job.", Required = true,
    };

    private static readonly Option<int> Number = new("--task")
    {
        Description = "The number of the task in the job.",
        Required = true,
        CustomParser = result => Requirement.Whole(result, "--task", 0),
    };

    /// <summary>Creates the command.</summary>
    internal static Command Create(AnsiTerminal terminal)
    {
        var command = new Command("stage", "Computes one stage of a run: what the jobs of a cluster do.")
        {
            Run, Settings, Job, Number,
        };
        command.Hidden = true;
        command.SetAction((parsed, cancellation) => Task.Run(
            () => ExitCodeOf(StageJob.Run(
                parsed.GetValue(Run)!, parsed.GetValue(Settings)!, parsed.GetValue(Job)!, parsed.GetValue(Number),
                stages => new PlainProgress(stages, terminal.Error), cancellation)),
            CancellationToken.None));
        return command;
    }

    private static int ExitCodeOf(StageJobEnd end) => end switch
    {
        StageJobEnd.Done => Application.Done,
        StageJobEnd.FailedForGood => Application.Misused,
        StageJobEnd.Interrupted => Application.Interrupted,
        _ => Application.Failed,
    };
}

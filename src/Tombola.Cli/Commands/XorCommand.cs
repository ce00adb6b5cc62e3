using Tombola.Cli.Rendering;
using Tombola.Formats;
using Tombola.Tickets;
using Tombola.Tickets.Xor;

namespace Tombola.Cli.Commands;

/// <summary>What <c>tombola run</c> does with a description of kind <c>xor</c>.</summary>
internal static class XorCommand
{
    /// <summary>Computes the experiment, or plans it, and shows what came of it.</summary>
    /// <param name="experiment">What to run.</param>
    /// <param name="settings">Where and with what to compute.</param>
    /// <param name="manner">What to show.</param>
    /// <param name="terminal">Where to show it.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <returns>The exit code.</returns>
    internal static int Run(
        XorExperiment experiment, RunSettings settings, RunManner manner, AnsiTerminal terminal,
        CancellationToken cancellation)
    {
        var run = XorRun.Prepare(experiment, settings);
        if (manner.DryRun)
            return ShowPlan(XorPlan.Of(run, settings), manner, terminal);
        DetachedException.Guard(run.Folder, settings, () => RunProgress.Watch(
            run.Stages, observer => run.Execute(observer, cancellation), manner.Quiet ? null : terminal));
        if (manner.Json)
            terminal.WriteRaw(CanonicalJson.Pretty(run.Summary));
        else
            XorRunView.Write(terminal.Out, run.Summary, run.Folder);
        foreach (var failure in run.Failures)
            Application.WriteError(terminal, failure.Message);
        return run.Failures.Count == 0 ? Application.Done : Application.Failed;
    }

    /// <summary>Shows the results of a finished run.</summary>
    /// <param name="folder">The folder of the run.</param>
    /// <param name="level">The level asked for, which no such run has.</param>
    /// <param name="json">Whether as JSON.</param>
    /// <param name="terminal">Where to show them.</param>
    /// <exception cref="InputException">A level was asked for, or the run is damaged.</exception>
    internal static void Show(string folder, int? level, bool json, AnsiTerminal terminal)
    {
        if (level is not null)
            throw new InputException($"--level {level}: a run on XOR has no levels; leave it out.");
        var summary = XorRunFolder.ReadSummary(folder);
        if (json)
            terminal.WriteRaw(CanonicalJson.Pretty(summary));
        else
            XorRunView.Write(terminal.Out, summary, folder);
    }

    private static int ShowPlan(XorPlan plan, RunManner manner, AnsiTerminal terminal)
    {
        if (manner.Json)
            terminal.WriteRaw(CanonicalJson.Pretty(plan));
        else
            XorRunView.WritePlan(terminal.Out, plan);
        return Application.Done;
    }
}

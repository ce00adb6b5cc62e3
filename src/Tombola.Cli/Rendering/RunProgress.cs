using Tombola.Tickets;

namespace Tombola.Cli.Rendering;

/// <summary>Runs an experiment while showing how far it is.</summary>
internal static class RunProgress
{
    /// <summary>Executes; draws in place for a person, writes lines otherwise.</summary>
    /// <param name="run">What to execute.</param>
    /// <param name="terminal">Where to show progress; null for nowhere.</param>
    /// <param name="cancellation">Stops the run.</param>
    internal static void Watch(StudyRun run, AnsiTerminal? terminal, CancellationToken cancellation)
    {
        if (terminal is null)
            run.Execute(observer: null, cancellation);
        else if (terminal.Live)
            LiveProgress.Watch(run, terminal.Error, cancellation);
        else
            run.Execute(new PlainProgress(run.Stages, terminal.Error), cancellation);
    }
}

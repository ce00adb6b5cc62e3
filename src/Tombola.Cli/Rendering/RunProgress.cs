using Tombola.Experiments;

namespace Tombola.Cli.Rendering;

/// <summary>Runs an experiment while showing how far it is.</summary>
internal static class RunProgress
{
    /// <summary>Executes; draws in place for a person, writes lines otherwise.</summary>
    /// <param name="stages">What is executed.</param>
    /// <param name="execute">Executes, telling an observer what happens; null for none.</param>
    /// <param name="terminal">Where to show progress; null for nowhere.</param>
    internal static void Watch(
        IReadOnlyList<Stage> stages, Action<IExecutionObserver?> execute, AnsiTerminal? terminal)
    {
        if (terminal is null)
            execute(null);
        else if (terminal.Live)
            LiveProgress.Watch(stages, execute, terminal.Error);
        else
            execute(new PlainProgress(stages, terminal.Error));
    }
}

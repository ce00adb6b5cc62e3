using Tombola.Tickets;

namespace Tombola.Cli.Commands;

/// <summary>Tells that a cluster goes on computing what this process has stopped to watch.</summary>
internal sealed class DetachedException : OperationCanceledException
{
    private DetachedException(string message)
        : base(message)
    {
    }

    /// <summary>Executes a run; where a cluster computes it, an interruption says what becomes of its jobs.</summary>
    /// <param name="folder">The folder of the run.</param>
    /// <param name="settings">Who computes it.</param>
    /// <param name="execute">Executes it.</param>
    internal static void Guard(string folder, RunSettings settings, Action execute)
    {
        try
        {
            execute();
        }
        catch (OperationCanceledException) when (settings.Cluster is not null)
        {
            var run = $"{Path.GetFileName(folder)} --out {settings.Output}";
            throw new DetachedException(
                $"the jobs go on; 'tombola status {run}' says how they stand, 'tombola cancel {run}' ends them, and "
                + "the same command watches again");
        }
    }
}

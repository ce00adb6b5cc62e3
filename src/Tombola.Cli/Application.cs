using System.CommandLine;
using System.Runtime.InteropServices;
using Spectre.Console;
using Tombola.Cli.Commands;

namespace Tombola.Cli;

/// <summary>The <c>tombola</c> command: parses, runs, and turns failures into one line and an exit code.</summary>
internal static class Application
{
    internal const int Done = 0;
    internal const int Failed = 1;
    internal const int Misused = 2;
    internal const int Interrupted = 130;

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">Without the program's name.</param>
    /// <param name="terminal">Where to write.</param>
    /// <returns>0 done; 1 failed while running; 2 wrong usage or input; 130 interrupted.</returns>
    internal static async Task<int> RunAsync(string[] arguments, AnsiTerminal terminal)
    {
        var root = CreateRoot(terminal);
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
            return Complain(terminal, parsed);
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, stop));
        try
        {
            // Interruption is ours: what is under way must be left in order before the process ends.
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, stop.Token).ConfigureAwait(false);
        }
        catch (InputException exception)
        {
            WriteError(terminal, exception.Message);
            return Misused;
        }
        catch (OperationCanceledException)
        {
            WriteError(terminal, "interrupted; what was finished is kept, and the same command goes on from there");
            return Interrupted;
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            WriteError(terminal, exception.Message);
            return Failed;
        }
    }

    /// <summary>Writes a complaint as one line to standard error.</summary>
    internal static void WriteError(AnsiTerminal terminal, string message) =>
        terminal.Error.MarkupLineInterpolated($"[red]tombola:[/] {message.ReplaceLineEndings(" ")}");

    private static RootCommand CreateRoot(AnsiTerminal terminal) =>
        new("Finds, verifies and uses winning lottery tickets in neural networks.")
        {
            RunCommand.Create(terminal),
            ListCommand.Create(terminal),
            ShowCommand.Create(terminal),
            DataCommand.Create(terminal),
            BenchCommand.Create(terminal),
            CompletionCommand.Create(terminal),
        };

    private static int Complain(AnsiTerminal terminal, ParseResult parsed)
    {
        foreach (var error in parsed.Errors.Select(error => error.Message).Distinct())
            WriteError(terminal, error);
        var command = parsed.CommandResult.Command;
        var path = command is RootCommand ? "tombola" : $"tombola {command.Name}";
        terminal.Error.MarkupLineInterpolated($"[grey]'{path} --help' shows what is possible.[/]");
        return Misused;
    }

    private static void Stop(PosixSignalContext context, CancellationTokenSource stop)
    {
        context.Cancel = !stop.IsCancellationRequested; // A second signal ends the process at once.
        stop.Cancel();
    }
}

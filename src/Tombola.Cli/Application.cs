using System.CommandLine;
using System.CommandLine.Help;
using System.Diagnostics.CodeAnalysis;
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
    [SuppressMessage("Design", "CA1031", Justification = "Nobody who uses the command should meet a stack trace.")]
    internal static async Task<int> RunAsync(string[] arguments, AnsiTerminal terminal)
    {
        var root = CreateRoot(terminal);
        // Who gives no command at all is new here.
        var parsed = root.Parse(arguments.Length == 0 ? ["--help"] : arguments);
        if (UsageComplaint.Of(parsed) is { } complaint)
        {
            WriteError(terminal, complaint);
            return Misused;
        }

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
        catch (DetachedException exception)
        {
            WriteError(terminal, exception.Message);
            return Interrupted;
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
        catch (Exception exception)
        {
            WriteError(terminal, $"internal error, please report it: {exception.GetType().Name}: {exception.Message}");
            return Failed;
        }
    }

    /// <summary>Writes a complaint as one line to standard error.</summary>
    internal static void WriteError(AnsiTerminal terminal, string message) =>
        terminal.Error.MarkupLineInterpolated($"[red]tombola:[/] {message.ReplaceLineEndings(" ")}");

    private static RootCommand CreateRoot(AnsiTerminal terminal)
    {
        var root = new RootCommand("Finds, verifies and uses winning lottery tickets in neural networks.")
        {
            RunCommand.Create(terminal),
            StatusCommand.Create(terminal),
            StatusCommand.CreateCancel(terminal),
            ListCommand.Create(terminal),
            ShowCommand.Create(terminal),
            RunsCommand.Create(terminal),
            AnalyzeCommand.Create(terminal),
            ReportCommand.Create(terminal),
            StudioCommand.Create(terminal),
            DataCommand.Create(terminal),
            BenchCommand.Create(terminal),
            CompletionCommand.Create(terminal),
            StageCommand.Create(terminal),
        };
        // The other spellings (-?, /h, /?) would only clutter completions.
        var help = root.Options.OfType<HelpOption>().Single();
        help.Aliases.Clear();
        help.Aliases.Add("-h");
        return root;
    }

    private static void Stop(PosixSignalContext context, CancellationTokenSource stop)
    {
        context.Cancel = !stop.IsCancellationRequested; // A second signal ends the process at once.
        stop.Cancel();
    }
}

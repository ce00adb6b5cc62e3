using Spectre.Console;

namespace Tombola.Cli;

/// <summary>Where the command writes: results to one console, complaints and progress to another.</summary>
/// <param name="Out">Results; standard output.</param>
/// <param name="Error">Progress, notices and complaints; standard error.</param>
/// <param name="Live">Whether progress may be drawn in place: a person watches standard error.</param>
internal sealed record AnsiTerminal(IAnsiConsole Out, IAnsiConsole Error, bool Live)
{
    // What goes to a file or a pipe must not be folded to the 80 columns of no terminal.
    private const int RedirectedWidth = 10_000;

    /// <summary>Opens the process's own streams.</summary>
    internal static AnsiTerminal Create() => new(
        Open(Console.Out, Console.IsOutputRedirected),
        Open(Console.Error, Console.IsErrorRedirected),
        Live: !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb"));

    /// <summary>Writes plain text as it is: JSON, CSV, paths.</summary>
    internal void WriteRaw(string text) => Out.Profile.Out.Writer.Write(text);

    private static IAnsiConsole Open(TextWriter writer, bool redirected)
    {
        var plain = redirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (redirected)
            console.Profile.Width = RedirectedWidth;
        return console;
    }
}

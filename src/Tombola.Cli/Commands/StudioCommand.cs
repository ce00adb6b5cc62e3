using System.CommandLine;
using System.Diagnostics;
using Spectre.Console;
using Tombola.Studio;

namespace Tombola.Cli.Commands;

/// <summary><c>tombola studio</c>: a web page over the run store, live while experiments run.</summary>
internal static class StudioCommand
{
    private const int LargestPort = 65_535;

    private static readonly Option<string> Host = new("--host")
    {
        Description = "The address to listen on; any but this machine's own asks browsers for a token.",
        DefaultValueFactory = _ => StudioOptions.Loopback,
    };

    private static readonly Option<int> Port = new("--port")
    {
        Description = "The port to listen on; 0 for any that is free.", DefaultValueFactory = _ => 4040,
        HelpName = "N",
        CustomParser = result => Requirement.Whole(result, "--port", 0, LargestPort),
    };

    private static readonly Option<bool> NoBrowser = new("--no-browser")
    {
        Description = "Only says the address, and opens no browser.",
    };

    static StudioCommand() => Requirement.NotEmpty(Host);

    /// <summary>Creates the command.</summary>
    internal static Command Create(AnsiTerminal terminal)
    {
        var command = new Command("studio", "Opens a page over the run store that is live while experiments run.")
        {
            Port, Host, SharedOptions.Output, SharedOptions.Data, NoBrowser,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = OptionsOf(parsed) with { Host = parsed.GetValue(Host)!, Port = parsed.GetValue(Port) };
            var server = await OpenAsync(options, parsed.GetValue(NoBrowser), terminal, cancellation)
                .ConfigureAwait(false);
            await using (server.ConfigureAwait(false))
                await WaitAsync(cancellation).ConfigureAwait(false);
            return Application.Done;
        });
        return command;
    }

    /// <summary>Runs something beside the page, which stays open until it is interrupted.</summary>
    /// <param name="parsed">The command line, for the folders.</param>
    /// <param name="terminal">Where to say the address.</param>
    /// <param name="run">What to run; returns the exit code.</param>
    /// <param name="cancellation">Stops both.</param>
    internal static async Task<int> BesideAsync(
        ParseResult parsed, AnsiTerminal terminal, Func<int> run, CancellationToken cancellation)
    {
        // Any port will do where the usual one is taken, by the page of another run for instance.
        var server = await OpenAsync(OptionsOf(parsed), quiet: false, terminal, cancellation, orAnyPort: true)
            .ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            var code = run();
            terminal.Error.WriteLine($"The page stays open at {server.Address}; Ctrl-C ends it.");
            await WaitAsync(cancellation).ConfigureAwait(false);
            return code;
        }
    }

    private static StudioOptions OptionsOf(ParseResult parsed) => new()
    {
        Store = parsed.GetValue(SharedOptions.Output)!,
        Data = SharedOptions.Folders(parsed),
        BreakEvenFile = SharedOptions.BreakEvenFile,
    };

    private static async Task<StudioServer> OpenAsync(
        StudioOptions options, bool quiet, AnsiTerminal terminal, CancellationToken cancellation,
        bool orAnyPort = false)
    {
        if (!StudioServer.HasPage)
        {
            throw new InputException(
                "This Tombola was built without Studio's page: install Node.js with npm (node.js 20 or newer) and "
                + "build again. 'tombola report' and everything else work without.");
        }

        StudioServer server;
        try
        {
            server = await StudioServer.StartAsync(options, cancellation).ConfigureAwait(false);
        }
        catch (InputException) when (orAnyPort)
        {
            server = await StudioServer.StartAsync(options with { Port = 0 }, cancellation).ConfigureAwait(false);
        }

        terminal.Error.WriteLine($"Tombola Studio: {server.EntryAddress} (Ctrl-C ends it)");
        if (!quiet && terminal.Live && HasDisplay())
            Open(server.EntryAddress);
        return server;
    }

    private static async Task WaitAsync(CancellationToken cancellation) =>
        await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static bool HasDisplay() =>
        !OperatingSystem.IsLinux()
        || Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 }
        || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };

    private static void Open(string address)
    {
        try
        {
            using var browser = Process.Start(new ProcessStartInfo(address) { UseShellExecute = true });
        }
        catch (Exception exception) when (
            exception is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            // The address stands in the terminal all the same.
        }
    }
}

using System.Diagnostics;

namespace Tombola.EndToEnd;

/// <summary>What a process came to.</summary>
internal sealed record ProcessResult(int ExitCode, string Output, string Error);

/// <summary>Runs the built command as a person would.</summary>
internal static class Cli
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    /// <summary>The repository's root: the folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The built command; the tests lie in <c>bin/PROJECT/CONFIGURATION/</c> beside it.</summary>
    public static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Tombola.Cli", System.IO.Path.GetFileName(
            System.IO.Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "Tombola.Cli.dll"));

    /// <summary>
    /// Runs <c>tombola</c> in a folder, with a cache of its own and no data sets but the built-in ones.
    /// </summary>
    public static ProcessResult Run(string folder, params string[] arguments) =>
        Start("dotnet", folder, [Path, .. arguments]);

    /// <summary>Runs any program.</summary>
    public static ProcessResult Start(string program, string folder, params string[] arguments)
    {
        using var process = Launch(program, folder, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end.");
        }

        return new ProcessResult(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Starts a program without waiting for it.</summary>
    public static Process Launch(string program, string folder, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        info.Environment["XDG_CACHE_HOME"] = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "tombola-e2e-cache");
        info.Environment.Remove("TOMBOLA_DATA");
        info.Environment["DOTNET_NOLOGO"] = "1";
        info.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        return Process.Start(info)!;
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "Tombola.slnx")))
            folder = System.IO.Path.GetDirectoryName(
                folder) ?? throw new InvalidOperationException("No repository here.");
        return folder;
    }
}

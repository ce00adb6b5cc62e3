using System.CommandLine;
using Tombola.Data;

namespace Tombola.Cli.Commands;

/// <summary>Options that several commands have, with one meaning.</summary>
internal static class SharedOptions
{
    /// <summary>The folder of the run store.</summary>
    internal static readonly Option<string> Output = new("--out")
    {
        Description = "The folder of the run store.",
        DefaultValueFactory = _ => "tombola-runs",
    };

    /// <summary>The folder of the run store, for commands whose <c>--out</c> is what they write.</summary>
    internal static readonly Option<string> Store = new("--runs")
    {
        Description = "The folder of the run store.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "tombola-runs",
    };

    /// <summary>The folder of the data sets.</summary>
    internal static readonly Option<string?> Data = new("--data")
    {
        Description = "A folder with data sets, looked into before $TOMBOLA_DATA, the cache and the system's folder.",
    };

    /// <summary>Machine-readable output.</summary>
    internal static readonly Option<bool> Json = new("--json") { Description = "Writes JSON to standard output." };

    static SharedOptions()
    {
        Requirement.NotEmpty(Output);
        Requirement.NotEmpty(Store);
        Requirement.NotEmpty(Data);
    }

    /// <summary>Where data sets are looked for, by option and environment.</summary>
    internal static DataFolders Folders(ParseResult parsed) =>
        DataFolders.FromEnvironment(parsed.GetValue(Data), Environment.GetEnvironmentVariable);

    /// <summary>The file that keeps this machine's break-even densities, beside the cached data sets.</summary>
    internal static string BreakEvenFile { get; } = Path.Combine(
        Path.GetDirectoryName(DataFolders.FromEnvironment(null, Environment.GetEnvironmentVariable).Cache)!,
        "break-even.json");
}

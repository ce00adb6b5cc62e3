using System.Globalization;

namespace Tombola.Studio.Runs;

/// <summary>The files of a run folder that Studio looks at.</summary>
internal static class RunFiles
{
    internal const string Description = "experiment.json";
    internal const string Results = "results.csv";
    internal const string Summary = "summary.json";
    internal const string Status = "status.json";

    /// <summary>Tells whether a folder is that of a run.</summary>
    internal static bool Exist(string folder) => File.Exists(Path.Combine(folder, Description));

    /// <summary>Names the state of a run's files: another one whenever one of them was written.</summary>
    internal static string VersionOf(string folder) =>
        $"{Stamp(folder, Description)}-{Stamp(folder, Summary)}-{Stamp(folder, Status)}";

    /// <summary>Names the state of a run's results.</summary>
    internal static string ResultsVersionOf(string folder) =>
        $"{Stamp(folder, Description)}-{Stamp(folder, Results)}-{Stamp(folder, Summary)}";

    private static string Stamp(string folder, string file)
    {
        var info = new FileInfo(Path.Combine(folder, file));
        return info.Exists
            ? (info.LastWriteTimeUtc.Ticks ^ info.Length).ToString("x", CultureInfo.InvariantCulture)
            : "0";
    }
}

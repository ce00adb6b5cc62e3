using Tombola.Data;
using Tombola.Formats;

namespace Tombola.Tickets;

/// <summary>What of a run's settings its jobs need to lay out the same stages, and to compute them.</summary>
/// <param name="Data">Where data sets are looked for, as absolute paths.</param>
/// <param name="Threads">Threads of each training.</param>
/// <param name="CheckpointSeconds">The time between checkpoints.</param>
/// <param name="TakeOverSeconds">How long a holder of a stage may be silent.</param>
/// <param name="Sparse">Whether pruned weights are compressed.</param>
/// <param name="BreakEven">The measured break-even densities of the machine that submits; empty for none.</param>
internal sealed record JobSettings(
    DataFolders Data, int Threads, double CheckpointSeconds, double TakeOverSeconds, SparseMode Sparse,
    string BreakEven)
{
    private const int NameDigits = 8;

    /// <summary>Takes what is needed from the settings of a run whose stages are laid out.</summary>
    internal static JobSettings Of(RunSettings settings) => new(
        settings.Data with
        {
            Given = Full(settings.Data.Given), Preferred = Full(settings.Data.Preferred),
            Cache = Path.GetFullPath(settings.Data.Cache),
        },
        settings.Threads, settings.CheckpointEvery.TotalSeconds, settings.TakeOverAfter.TotalSeconds, settings.Sparse,
        File.Exists(settings.BreakEvenTable) ? File.ReadAllText(settings.BreakEvenTable) : "");

    /// <summary>Reads settings from the file that <see cref="Write"/> returned the name of.</summary>
    /// <param name="folder">The folder of the jobs.</param>
    /// <param name="name">The name of the file.</param>
    /// <param name="output">The folder of the run store.</param>
    /// <exception cref="InputException">The file is missing or damaged.</exception>
    internal static RunSettings Read(string folder, string name, string output)
    {
        var path = Path.Combine(folder, Path.GetFileName(name));
        var read = CanonicalJson.ReadFile<JobSettings>(path);
        return new RunSettings
        {
            Output = output, Data = read.Data, Jobs = 1, Threads = read.Threads, Sparse = read.Sparse,
            CheckpointEvery = TimeSpan.FromSeconds(read.CheckpointSeconds),
            TakeOverAfter = TimeSpan.FromSeconds(read.TakeOverSeconds),
            BreakEvenFile = Path.ChangeExtension(path, ".break-even.json"),
        };
    }

    /// <summary>Writes the settings beside the jobs of a run.</summary>
    /// <param name="folder">The folder, created.</param>
    /// <returns>The name of the file, which tells these settings from others.</returns>
    internal string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var text = CanonicalJson.Pretty(this);
        var name = $"settings-{CanonicalJson.Hash(text)[..NameDigits]}.json";
        var path = Path.Combine(folder, name);
        if (BreakEven.Length > 0)
        {
            RunFolder.Replace(
                Path.ChangeExtension(path, ".break-even.json"), beside => File.WriteAllText(beside, BreakEven));
        }

        RunFolder.Replace(path, beside => File.WriteAllText(beside, text));
        return name;
    }

    private static string? Full(string? folder) => folder is null ? null : Path.GetFullPath(folder);
}

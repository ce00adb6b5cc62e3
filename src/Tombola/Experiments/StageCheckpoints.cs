using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tombola.Experiments;

/// <summary>Keeps the state of an unfinished stage, so that it can go on after an interruption.</summary>
/// <remarks>
/// A checkpoint is a folder of files that the stage writes, the outputs that it had made so far, and a manifest with
/// the SHA-256 of each. It is written beside and renamed into place, and checked before it is used. The two newest are
/// kept: should the machine lose its power, the newest may not have reached the disk. A checkpoint that cannot be
/// written costs a notice, not the stage. Not thread-safe.
/// </remarks>
public sealed class StageCheckpoints
{
    private const string Prefix = "checkpoint-";
    private const string ManifestName = "checkpoint.json";
    private const string OutputsName = "outputs";
    private const int Kept = 2;

    private readonly string _work;
    private readonly string _outputs;
    private readonly TimeSpan _every;
    private readonly Action<string> _notice;
    private long _last = Stopwatch.GetTimestamp();
    private bool _complained;

    /// <summary>Opens the checkpoints of a stage; the outputs of the newest sound one are put back.</summary>
    /// <param name="work">The work area of the stage, which need not exist.</param>
    /// <param name="outputs">The folder that the stage writes its outputs into.</param>
    /// <param name="every">The time between checkpoints.</param>
    /// <param name="notice">Told what the user should know.</param>
    internal StageCheckpoints(string work, string outputs, TimeSpan every, Action<string> notice)
    {
        (_work, _outputs, _every, _notice) = (work, outputs, every, notice);
        Latest = Places().FirstOrDefault(IsSound);
        if (Latest is not null)
            CopyFiles(Path.Combine(Latest, OutputsName), outputs);
    }

    /// <summary>The folder of the checkpoint to go on from; null to start from the beginning.</summary>
    public string? Latest { get; }

    /// <summary>Whether it is time for another checkpoint; costs next to nothing to ask.</summary>
    public bool IsDue => Stopwatch.GetElapsedTime(_last) >= _every;

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="position">How far the stage is, for example in steps; a later state has a larger one.</param>
    /// <param name="write">Writes the state into the folder that it is given, as files.</param>
    public void Save(long position, Action<string> write)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentNullException.ThrowIfNull(write);
        var place = Path.Combine(_work, FormattableString.Invariant($"{Prefix}{position:D15}"));
        var beside = Path.Combine(_work, $".{Prefix}{Path.GetRandomFileName()}");
        try
        {
            WriteTo(beside, write);
            Folders.Discard(place); // A state of the same position that was found damaged, or says the same.
            Directory.Move(beside, place);
            foreach (var old in Places().Skip(Kept))
                Folders.Discard(old);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Folders.Discard(beside);
            if (!_complained)
                _notice($"A checkpoint could not be kept ({exception.Message}); the training goes on without.");
            _complained = true;
        }

        _last = Stopwatch.GetTimestamp();
    }

    /// <summary>Tells whether a work area holds checkpoints, sound or not.</summary>
    internal static bool Any(string work) =>
        Directory.Exists(work) && Directory.EnumerateDirectories(work, Prefix + "*").Any();

    private void WriteTo(string folder, Action<string> write)
    {
        var outputs = Path.Combine(folder, OutputsName);
        Directory.CreateDirectory(outputs);
        write(folder);
        CopyFiles(_outputs, outputs);
        var manifest = new JsonObject { ["files"] = FileHashes.Of(folder), ["outputs"] = FileHashes.Of(outputs) };
        File.WriteAllText(Path.Combine(folder, ManifestName), manifest.ToJsonString() + "\n");
    }

    private IEnumerable<string> Places() =>
        !Directory.Exists(_work)
            ? []
            : Directory.GetDirectories(_work, Prefix + "*").OrderDescending(StringComparer.Ordinal);

    private bool IsSound(string folder)
    {
        var damage = FindDamage(folder);
        if (damage is not null)
            _notice($"{folder}: {damage}; this checkpoint is not used.");
        return damage is null;
    }

    private static string? FindDamage(string folder)
    {
        try
        {
            var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, ManifestName)));
            return manifest?["files"] is JsonObject files && manifest["outputs"] is JsonObject outputs
                ? FileHashes.FindDamage(files, folder)
                    ?? FileHashes.FindDamage(outputs, Path.Combine(folder, OutputsName))
                : $"{ManifestName} lists no files";
        }
        catch (Exception exception) when (
            exception is JsonException or InvalidOperationException or ArgumentException or IOException
                or UnauthorizedAccessException)
        {
            return $"{ManifestName} cannot be read";
        }
    }

    private static void CopyFiles(string from, string to)
    {
        foreach (var path in Directory.EnumerateFiles(from))
            File.Copy(path, Path.Combine(to, Path.GetFileName(path)), overwrite: true);
    }
}

using System.Diagnostics;
using Tombola.Formats;

namespace Tombola.Experiments;

/// <summary>Sees to it that of the processes on one store a single one computes a stage.</summary>
/// <remarks>
/// <para>
/// A lease is a folder <c>lease-N</c> in the work area of the stage, made elsewhere and renamed into place. A rename
/// onto a folder that is not empty fails, on network file systems too, so of several processes one succeeds. The
/// newest N counts. A holder that is silent for too long, or has ended, is succeeded by <c>lease-N+1</c>; leases are
/// never taken away while the stage is unfinished, so that nobody can take the wrong one away.
/// </para>
/// <para>
/// Leases save work. Right results do not hang on them: stages and checkpoints are renamed into place as a whole and
/// are the same whoever made them, so two processes that both believe they hold a lease do no harm. Thread-safe.
/// </para>
/// </remarks>
/// <param name="options">How long to wait for whom.</param>
internal sealed class Leases(LeaseOptions options)
{
    private const string Prefix = "lease-";
    private const string FileName = "lease.json";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Text, long Since)> _seen = [];
    private readonly ProcessMark _process = ProcessMark.Current();

    /// <summary>Takes the lease of a stage, if it is free.</summary>
    /// <param name="work">The work area of the stage; created.</param>
    /// <param name="holder">Who has it, where that is known; null when it is ours now.</param>
    /// <returns>The lease, or null when another has it.</returns>
    /// <exception cref="IOException">The store cannot be written.</exception>
    internal Lease? TryTake(string work, out LeaseHolder? holder)
    {
        var newest = Newest(work);
        holder = null;
        if (newest > 0 && !IsFree(PlaceOf(work, newest), out holder))
            return null;
        holder = null;
        var own = new LeaseHolder(Path.GetRandomFileName(), Environment.MachineName, _process, 0, Released: false);
        var (place, beside) = (PlaceOf(work, newest + 1), Path.Combine(work, $".{Prefix}{own.Token}"));
        try
        {
            Directory.CreateDirectory(beside);
            Write(beside, own);
            Directory.Move(beside, place);
        }
        catch (IOException) when (Directory.Exists(place) || !Directory.Exists(beside))
        {
            // Another was faster, or the stage is finished and its work area gone. Or a server did as told and its
            // answer was lost: the token tells.
        }

        if (Read(place)?.Token == own.Token)
            return new Lease(place, PlaceOf(work, newest + 2), own, options.Heartbeat);
        Folders.Discard(beside);
        return null;
    }

    /// <summary>Reads who holds a lease, or held it last.</summary>
    /// <returns>Null where there is none, or nothing that can be read.</returns>
    internal static LeaseHolder? HolderOf(string work) =>
        Newest(work) is > 0 and var newest ? Read(PlaceOf(work, newest)) : null;

    /// <summary>Replaces the file of a lease as a whole.</summary>
    /// <exception cref="DirectoryNotFoundException">The lease is gone.</exception>
    internal static void Write(string place, LeaseHolder holder)
    {
        var beside = Path.Combine(place, $".{FileName}");
        File.WriteAllText(beside, CanonicalJson.Pretty(holder));
        File.Move(beside, Path.Combine(place, FileName), overwrite: true);
    }

    /// <summary>Reads the file of a lease; null where it is missing or not a lease's.</summary>
    internal static LeaseHolder? Read(string place)
    {
        try
        {
            return CanonicalJson.ReadFile<LeaseHolder>(Path.Combine(place, FileName));
        }
        catch (Exception exception) when (exception is InputException or IOException)
        {
            return null;
        }
    }

    private bool IsFree(string place, out LeaseHolder? holder)
    {
        holder = Read(place);
        if (holder is { Process: not null } && (holder.Released || holder.Process.HasEnded()))
            return true;
        var text = holder is null ? "" : FormattableString.Invariant($"{holder.Token} {holder.Beat}");
        lock (_gate)
        {
            if (!_seen.TryGetValue(place, out var seen) || seen.Text != text)
                seen = _seen[place] = (text, Stopwatch.GetTimestamp());
            return Stopwatch.GetElapsedTime(seen.Since) >= options.Expiry;
        }
    }

    private static int Newest(string work)
    {
        try
        {
            return Directory.EnumerateDirectories(work, Prefix + "*")
                .Select(path => int.TryParse(Path.GetFileName(path)[Prefix.Length..], out var number) ? number : 0)
                .DefaultIfEmpty(0).Max();
        }
        catch (DirectoryNotFoundException)
        {
            return 0;
        }
    }

    private static string PlaceOf(string work, int number) =>
        Path.Combine(work, FormattableString.Invariant($"{Prefix}{number}"));
}

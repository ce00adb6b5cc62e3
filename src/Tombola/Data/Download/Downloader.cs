namespace Tombola.Data.Download;

/// <summary>Downloads published data sets, verifies them and puts them in place.</summary>
/// <remarks>
/// Each mirror is tried several times, with pauses that double, and goes on from what has arrived; then the next
/// mirror. A file appears under its name only after its SHA-256 (or, where none is known, its form) has been found
/// right, and by an atomic move. What has arrived of an interrupted file stays in a <c>.part</c> file and is resumed at
/// the next run; bytes found wrong are discarded.
/// </remarks>
/// <param name="client">Sends the requests; it should not decompress. Owned by the caller.</param>
/// <param name="options">How patient to be.</param>
public sealed class Downloader(HttpClient client, DownloadOptions options)
{
    private const int MostDoublings = 5;

    private readonly Transfer _transfer = new(client, options.StallTimeout);

    /// <summary>Gets the files of a data set that are not there yet, or not as they should be.</summary>
    /// <param name="set">The data set.</param>
    /// <param name="root">The folder of data sets, usually <see cref="DataFolders.Cache"/>.</param>
    /// <param name="progress">Told how far each file is; null for nobody.</param>
    /// <param name="cancellation">Ends the download; what has arrived is kept for the next time.</param>
    /// <returns>The folder that now holds the files, <c>root/name</c>.</returns>
    /// <exception cref="InputException">No mirror delivered a file, or the folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<string> GetAsync(
        PublishedDataSet set,
        string root,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(root);
        var folder = Path.Combine(root, set.Name);
        foreach (var file in set.Downloads)
        {
            var target = Path.Combine(folder, file.ArchiveName);
            if (IsThere(folder, target, file))
            {
                var length = File.Exists(target) ? new FileInfo(target).Length : 0;
                progress?.Report(new DownloadProgress(file.ArchiveName, null, length, length, null));
                continue;
            }

            await FetchAsync(set, file, new PartFile(target), progress, cancellation).ConfigureAwait(false);
        }

        return folder;
    }

    private static bool IsThere(string folder, string target, PublishedFile file)
    {
        if (file.FindIn(folder) is not { } path)
            return false;
        var verdict = file.Verify(path);
        if (verdict.State is FileState.Verified or FileState.Sound)
            return true;
        // It would be found before the file we put beside it, and it is not ours to delete.
        return path == target ? false : throw new InputException($"{verdict.Detail} Remove it first.");
    }

    private async Task FetchAsync(
        PublishedDataSet set,
        PublishedFile file,
        PartFile part,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellation)
    {
        var troubles = new List<string>();
        foreach (var mirror in set.Mirrors)
        {
            var trouble = await TryMirrorAsync(mirror, file, part, progress, cancellation).ConfigureAwait(false);
            if (trouble is null)
                return;
            troubles.Add($"{mirror} {trouble}");
        }

        throw new InputException(
            $"{set.Name}: no mirror delivered {file.ArchiveName} ({string.Join("; ", troubles)}); "
            + "check the network and try again, what has arrived is kept.");
    }

    /// <summary>Tries one mirror until it delivers or gets no further.</summary>
    /// <returns>Null when the file is in place; otherwise the last trouble.</returns>
    private async Task<string?> TryMirrorAsync(
        Uri mirror,
        PublishedFile file,
        PartFile part,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellation)
    {
        var address = new Uri(mirror, file.ArchiveName);
        var furthest = part.Length;
        for (var failures = 1; ; failures++)
        {
            var (trouble, mayRetry) =
                await AttemptAsync(address, file, part, Report, cancellation).ConfigureAwait(false);
            if (trouble is null)
                return null;
            if (part.Length > furthest)
                (furthest, failures) = (part.Length, 1);
            if (!mayRetry || failures >= options.Attempts)
                return trouble;
            progress?.Report(new DownloadProgress(file.ArchiveName, mirror, part.Length, null, trouble));
            var pause = options.FirstPause * Math.Pow(2, Math.Min(failures - 1, MostDoublings));
            await Task.Delay(pause, cancellation).ConfigureAwait(false);
        }

        void Report(long received, long? total) =>
            progress?.Report(new DownloadProgress(file.ArchiveName, mirror, received, total, null));
    }

    private async Task<(string? Trouble, bool MayRetry)> AttemptAsync(
        Uri address, PublishedFile file, PartFile part, Action<long, long?> report, CancellationToken cancellation)
    {
        var wasResumed = part.Length > 0;
        try
        {
            await _transfer.RunAsync(address, part, file.DownloadLimit, report, cancellation).ConfigureAwait(false);
        }
        catch (TransferException failure)
        {
            return (failure.Message, failure.MayRetry);
        }

        var verdict = file.Verify(part.Path);
        var isRight = verdict.State == FileState.Verified
            || (verdict.State == FileState.Sound && !file.IsArchiveKnown);
        if (isRight)
        {
            part.Commit();
            return (null, false);
        }

        part.Delete();
        // Another mirror's beginning may have spoilt it; from the beginning the same bytes would come again.
        return ($"sent wrong bytes ({verdict.Detail.TrimEnd('.')})", wasResumed);
    }
}

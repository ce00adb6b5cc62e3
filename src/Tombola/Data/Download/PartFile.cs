namespace Tombola.Data.Download;

/// <summary>
/// Holds what has arrived of a file, beside the place where it will be put when it has been verified.
/// </summary>
/// <remarks>
/// It stays when a download is interrupted, so that the next one resumes; it is never taken for the file.
/// </remarks>
internal sealed class PartFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>Names the part of a file.</summary>
    /// <param name="target">Where the whole file will be; its folder is created.</param>
    /// <exception cref="InputException">The folder cannot be created.</exception>
    internal PartFile(string target)
    {
        Target = target;
        Path = target + ".part";
        Guard(() => Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(target))!));
    }

    /// <summary>Where the whole file will be.</summary>
    internal string Target { get; }

    /// <summary>Where the part is.</summary>
    internal string Path { get; }

    /// <summary>Bytes that have arrived, 0 when there is no part.</summary>
    internal long Length => File.Exists(Path) ? new FileInfo(Path).Length : 0;

    /// <summary>Opens the part for writing; no other process can open it at the same time.</summary>
    /// <param name="keep">Bytes to keep; what follows them is cut off.</param>
    /// <returns>A stream behind the bytes kept.</returns>
    /// <exception cref="InputException">It cannot be opened.</exception>
    internal FileStream Open(long keep) => Guard(() =>
    {
        var stream = new FileStream(
            Path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, BufferSize, useAsync: true);
        stream.SetLength(keep);
        stream.Position = keep;
        return stream;
    });

    /// <summary>Adds bytes to the part.</summary>
    /// <param name="stream">The stream <see cref="Open"/> returned.</param>
    /// <param name="bytes">What has arrived.</param>
    /// <exception cref="InputException">They cannot be written, for example because the disk is full.</exception>
    internal async ValueTask WriteAsync(FileStream stream, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await stream.WriteAsync(bytes).ConfigureAwait(false);
        }
        catch (IOException failure)
        {
            throw CannotWrite(failure);
        }
    }

    /// <summary>Discards what has arrived.</summary>
    internal void Delete() => Guard(() =>
    {
        File.Delete(Path);
        return true;
    });

    /// <summary>Puts the part in place as the whole file, in one step that replaces an earlier file.</summary>
    internal void Commit() => Guard(() =>
    {
        File.Move(Path, Target, overwrite: true);
        return true;
    });

    /// <summary>Runs an action on the file, naming it where that fails.</summary>
    /// <typeparam name="T">What the action returns.</typeparam>
    /// <param name="action">The action.</param>
    /// <exception cref="InputException">The file system refused.</exception>
    private T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(failure);
        }
    }

    private InputException CannotWrite(Exception failure) =>
        new($"{Path}: cannot be written ({failure.Message})", failure);
}

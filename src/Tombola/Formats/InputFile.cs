using System.Text;

namespace Tombola.Formats;

/// <summary>Opens and reads files that come from outside; complains in one line of those that cannot be read.</summary>
internal static class InputFile
{
    private const int ChunkSize = 1 << 16;

    private static readonly UTF8Encoding StrictUtf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Opens a file, reads it in some way and closes it.</summary>
    /// <typeparam name="T">What is made of it.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads it; failures of input and output within become complaints too.</param>
    /// <exception cref="InputException">The file is missing, a folder, or cannot be read.</exception>
    /// <exception cref="IOException">The machine can open no file at the moment, whichever it is.</exception>
    internal static T Read<T>(string path, Func<FileStream, T> read)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
            throw new InputException($"{Excerpt.Quote(path)}: expected the name of a file.");
        try
        {
            using var file = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read, ChunkSize, FileOptions.SequentialScan);
            return read(file);
        }
        catch (Exception failure) when (
            failure is IOException or UnauthorizedAccessException && !FileHandles.AreExhausted(failure))
        {
            throw new InputException($"{path}: {Reason(path, failure)}.", failure);
        }
    }

    /// <summary>Reads a text file.</summary>
    /// <param name="path">The file: UTF-8, with or without a byte order mark.</param>
    /// <param name="limit">The largest length taken, in bytes; more is never read.</param>
    /// <param name="tooLong">The complaint about a longer file, for example <c>larger than 1 MB</c>.</param>
    /// <exception cref="InputException">The file cannot be read, is too long or not UTF-8.</exception>
    internal static string ReadText(string path, int limit, string tooLong)
    {
        var bytes = Read(path, file => ReadUpTo(file, limit))
            ?? throw new InputException($"{path}: {tooLong}.");
        try
        {
            var hasMark = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble);
            return StrictUtf8.GetString(bytes.AsSpan(hasMark ? Encoding.UTF8.Preamble.Length : 0));
        }
        catch (DecoderFallbackException failure)
        {
            throw new InputException($"{path}: expected text in UTF-8; the file holds other bytes.", failure);
        }
    }

    // The length that a file claims is not relied upon: that of a device is 0 however much it yields.
    private static byte[]? ReadUpTo(FileStream file, int limit)
    {
        using var content = new MemoryStream();
        var chunk = new byte[ChunkSize];
        for (int count; (count = file.Read(chunk)) > 0;)
        {
            if (content.Length + count > limit)
                return null;
            content.Write(chunk, 0, count);
        }

        return content.ToArray();
    }

    private static string Reason(string path, Exception failure) => failure switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        _ when Directory.Exists(path) => "expected a file, this is a folder",
        UnauthorizedAccessException => "cannot be read; check its permissions",
        _ => $"cannot be read ({Excerpt.OnOneLine(failure.Message).TrimEnd('.')})",
    };
}

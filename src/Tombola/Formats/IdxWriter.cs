using System.IO.Compression;

namespace Tombola.Formats;

/// <summary>Writes IDX files of unsigned bytes.</summary>
public static class IdxWriter
{
    /// <summary>
    /// Writes a file, compressed with gzip when its name ends in <c>.gz</c>; an existing file is replaced.
    /// </summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="array">The content.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(string path, IdxArray array)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(array);
        try
        {
            using var file = File.Create(path);
            if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            {
                using var compressed = new GZipStream(file, CompressionLevel.Optimal);
                Write(compressed, array);
            }
            else
            {
                Write(file, array);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be written ({failure.Message})", failure);
        }
    }

    /// <summary>Writes the header and the elements, uncompressed.</summary>
    /// <param name="stream">Left open.</param>
    /// <param name="array">The content.</param>
    public static void Write(Stream stream, IdxArray array)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(array);
        stream.Write(IdxHeader.Encode(array.Shape));
        stream.Write(array.Bytes.Span);
    }
}

using System.IO.Compression;
using Tombola.Tensors;

namespace Tombola.Formats;

/// <summary>Reads IDX files of unsigned bytes, plain or compressed with gzip.</summary>
/// <remarks>
/// Whether a file is compressed is told by its first two bytes, not by its name. The elements are decompressed straight
/// into their final array. Nothing is allocated on the word of a header that the length of the file contradicts: a
/// plain file must have exactly the length its header asks for, and a deflate stream expands 1,032 times at most. The
/// checksum of a gzip stream is verified; only where the file ends before it, behind the last element, is it not
/// missed.
/// </remarks>
public static class IdxReader
{
    // One bit pair of deflate can stand for a match of 258 bytes, hence 258 × 8 / 2.
    private const int LargestExpansion = 1032;
    private const int BufferSize = 1 << 16;

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its shape and elements.</returns>
    /// <exception cref="InputException">
    /// The file cannot be opened, is no IDX file of unsigned bytes, is truncated, has bytes after its last element, or
    /// its gzip stream is damaged.
    /// </exception>
    public static IdxArray Read(string path)
    {
        try
        {
            using var file = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan);
            return Read(file, path);
        }
        catch (InvalidDataException damage)
        {
            throw new InputException($"{path}: its gzip stream is damaged; get the file anew.", damage);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read ({failure.Message})", failure);
        }
    }

    private static IdxArray Read(FileStream file, string name)
    {
        if (!IsGzip(file))
            return ReadContent(file, name, length => length == file.Length, file.Length);
        using var content = new GZipStream(file, CompressionMode.Decompress);
        return ReadContent(content, name, length => length / LargestExpansion <= file.Length, got: null);
    }

    private static bool IsGzip(FileStream file)
    {
        Span<byte> start = stackalloc byte[2];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return length == start.Length && start is [0x1F, 0x8B];
    }

    private static IdxArray ReadContent(Stream content, string name, Predicate<long> isPlausible, long? got)
    {
        var shape = ReadHeader(content, name);
        var header = IdxHeader.Length(shape.Rank);
        var expected = (long)header + shape.Count;
        if (!isPlausible(expected))
            throw WrongLength(name, shape, expected, got is { } length ? $"has {length}" : "is far too small for that");

        var bytes = GC.AllocateUninitializedArray<byte>(shape.Count);
        var read = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
            throw WrongLength(name, shape, expected, $"ends after {header + read}");
        if (content.ReadByte() >= 0)
            throw WrongLength(name, shape, expected, "goes on after them");
        return new IdxArray(shape, bytes);
    }

    private static Shape ReadHeader(Stream content, string name)
    {
        Span<byte> header = stackalloc byte[IdxHeader.Length(IdxHeader.MaximalRank)];
        Fill(content, header[..IdxHeader.MagicLength], name);
        var rank = IdxHeader.DecodeRank(header[..IdxHeader.MagicLength], name);
        var extents = header[IdxHeader.MagicLength..IdxHeader.Length(rank)];
        Fill(content, extents, name);
        return IdxHeader.DecodeShape(extents, name);
    }

    private static void Fill(Stream content, Span<byte> part, string name)
    {
        if (content.ReadAtLeast(part, part.Length, throwOnEndOfStream: false) < part.Length)
            throw new InputException($"{name}: ends within its header; get the file anew.");
    }

    private static InputException WrongLength(string name, Shape shape, long expected, string found) =>
        new($"{name}: its header {shape} wants {expected} bytes, but the file {found}; get the file anew.");
}

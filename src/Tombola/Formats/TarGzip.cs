using System.IO.Compression;
using System.Text;

namespace Tombola.Formats;

/// <summary>Goes through the files of a tar archive compressed with gzip, without unpacking it.</summary>
/// <remarks>
/// Names are only compared with those sought and never become paths. Of the formats of tar, what POSIX and GNU have in
/// common is read: headers of 512 bytes with checksum, name, type and an octal length. Extended headers are passed over
/// like any member that is no file: no name sought needs one. .NET's own reader allocates whatever length an extended
/// header claims before it reads it, 1.6 GB for an archive of a kilobyte; here no length is believed that the archive,
/// expanded 1,032 times at most, cannot have.
/// </remarks>
internal static class TarGzip
{
    private const int Block = 512;
    private const int ChunkSize = 1 << 16;

    // One bit pair of deflate can stand for a match of 258 bytes, hence 258 × 8 / 2.
    private const int LargestExpansion = 1032;

    /// <summary>Shows each regular file of an archive, in the archive's order.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="limit">The most uncompressed bytes to go through; a longer archive is refused.</param>
    /// <param name="show">Given each file; it need not read it.</param>
    /// <exception cref="InputException">
    /// The archive cannot be read, is damaged or longer than the limit; or what <paramref name="show"/> throws.
    /// </exception>
    internal static void Visit(string path, long limit, Action<TarMember> show) => InputFile.Read(path, file =>
    {
        try
        {
            using var content = new GZipStream(file, CompressionMode.Decompress);
            Walk(path, content, Math.Min(limit, file.Length * LargestExpansion), show);
            return true;
        }
        catch (InvalidDataException damage)
        {
            throw new InputException($"{path}: its gzip stream is damaged; get the file anew.", damage);
        }
    });

    private static void Walk(string path, Stream content, long limit, Action<TarMember> show)
    {
        Span<byte> header = stackalloc byte[Block];
        var chunk = new byte[ChunkSize];
        long passed = 0;
        for (int count; (count = content.ReadAtLeast(header, Block, throwOnEndOfStream: false)) > 0;)
        {
            if (count < Block)
                throw Damaged(path, "it ends within a header");
            passed += Block;
            if (header.ContainsAnyExcept((byte)0))
            {
                var length = Length(path, header);
                var padded = (length + Block - 1) / Block * Block;
                if (padded > limit - passed)
                    throw TooLong(path);
                passed += padded;
                var member = new TarMember(path, Name(header), length, content);
                if (header[156] is (byte)'0' or 0)
                    show(member);
                Skip(path, content, padded - length + member.Remaining, chunk);
            }
            else if (passed > limit)
            {
                throw TooLong(path);
            }
        }
    }

    // The bytes are read to the end, padding included, so that the checksum of the gzip stream is compared.
    private static void Skip(string path, Stream content, long length, byte[] chunk)
    {
        while (length > 0)
        {
            var count = content.Read(chunk, 0, (int)Math.Min(length, chunk.Length));
            if (count == 0)
                throw Damaged(path, "it ends within a member");
            length -= count;
        }
    }

    private static long Length(string path, ReadOnlySpan<byte> header)
    {
        var sum = 0;
        for (var i = 0; i < Block; i++)
            sum += i is >= 148 and < 156 ? ' ' : header[i]; // The checksum counts its own field as spaces.
        if (Octal(header[148..156]) != sum)
            throw Damaged(path, "a header does not have its checksum; expected a tar archive");
        return Octal(header[124..136]) is { } length and >= 0
            ? length
            : throw Damaged(path, "a member's length is not octal");
    }

    private static long? Octal(ReadOnlySpan<byte> field)
    {
        var digits = field.Trim(" \0"u8);
        long value = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7')
                return null;
            value = (value * 8) + (digit - '0');
        }

        return value;
    }

    private static string Name(ReadOnlySpan<byte> header)
    {
        var name = Text(header[..100]);
        var prefix = header[257..263].SequenceEqual("ustar\0"u8) ? Text(header[345..500]) : "";
        return prefix.Length > 0 ? $"{prefix}/{name}" : name;
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? field : field[..end]);
    }

    private static InputException Damaged(string path, string what) =>
        new($"{path}: the archive is damaged ({what}); get the file anew.");

    private static InputException TooLong(string path) =>
        new($"{path}: the archive claims to hold more than it can or should; get the file anew.");
}

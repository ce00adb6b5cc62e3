namespace Tombola.Formats;

/// <summary>Holds the examples of one file in the binary form in which CIFAR-10 and CIFAR-100 were published.</summary>
/// <remarks>
/// A file is a sequence of records without a header. A record is the label in a byte (CIFAR-10), or the coarse and then
/// the fine label (CIFAR-100), and 3,072 bytes of pixels: the red plane of 32 × 32 row by row, the green, the blue
/// (Krizhevsky 2009).
/// </remarks>
/// <param name="Pixels">[count, 3, 32, 32].</param>
/// <param name="Labels">[count]: the last label byte of each record.</param>
internal sealed record CifarBatch(byte[] Pixels, byte[] Labels)
{
    /// <summary>Colour planes of an image.</summary>
    internal const int Channels = 3;

    /// <summary>Rows and columns of an image.</summary>
    internal const int Side = 32;

    // Twice the examples of the longest published file.
    private const int MostRecords = 100_000;
    private const int PixelBytes = Channels * Side * Side;
    private const int RecordsAtATime = 64;

    /// <summary>Returns the length of a file.</summary>
    /// <param name="records">Number of examples.</param>
    /// <param name="labelBytes">Labels an example, 1 or 2.</param>
    internal static long FileLength(int records, int labelBytes) => records * (long)(labelBytes + PixelBytes);

    /// <summary>Reads a file.</summary>
    /// <param name="name">The file, for messages.</param>
    /// <param name="length">Its length in bytes; nothing is allocated for one that cannot be.</param>
    /// <param name="read">Fills a span with the next bytes of the file.</param>
    /// <param name="labelBytes">Labels an example, 1 or 2; the last is taken.</param>
    /// <param name="classes">The label is below this.</param>
    /// <exception cref="InputException">The length is not that of whole records, or a label out of range.</exception>
    internal static CifarBatch Read(string name, long length, Action<Span<byte>> read, int labelBytes, int classes)
    {
        var record = labelBytes + PixelBytes;
        if (length == 0 || length % record != 0 || length / record > MostRecords)
        {
            throw new InputException(FormattableString.Invariant(
                $"{name}: has {length} bytes; expected 1 to {MostRecords} records of {record} bytes; get it anew."));
        }

        var count = (int)(length / record);
        var labels = new byte[count];
        var pixels = GC.AllocateUninitializedArray<byte>(count * PixelBytes);
        var buffer = new byte[RecordsAtATime * record];
        for (var first = 0; first < count; first += RecordsAtATime)
        {
            var records = buffer.AsSpan(0, Math.Min(RecordsAtATime, count - first) * record);
            read(records);
            for (var example = first; !records.IsEmpty; example++, records = records[record..])
            {
                labels[example] = records[labelBytes - 1];
                if (labels[example] >= classes)
                {
                    throw new InputException(
                        $"{name}: label {labels[example]} of example {example} is outside 0 to {classes - 1}; "
                        + "get it anew.");
                }

                records[labelBytes..record].CopyTo(pixels.AsSpan(example * PixelBytes));
            }
        }

        return new CifarBatch(pixels, labels);
    }
}

using System.Buffers.Binary;
using Tombola.Tensors;

namespace Tombola.Formats;

/// <summary>Encodes and decodes what stands before the elements of an IDX file.</summary>
internal static class IdxHeader
{
    /// <summary>The most extents a file may have: examples, channels, height, width.</summary>
    internal const int MaximalRank = 4;

    /// <summary>Length in bytes of the magic number.</summary>
    internal const int MagicLength = 4;

    private const byte UnsignedByte = 0x08;

    /// <summary>Returns the length in bytes of the header of a file with so many extents.</summary>
    /// <param name="rank">Number of extents.</param>
    internal static int Length(int rank) => MagicLength + (rank * sizeof(int));

    /// <summary>Writes the header of an array of unsigned bytes.</summary>
    /// <param name="shape">The extents.</param>
    /// <returns>The magic number and the extents, big-endian.</returns>
    internal static byte[] Encode(Shape shape)
    {
        var header = new byte[Length(shape.Rank)];
        header[2] = UnsignedByte;
        header[3] = (byte)shape.Rank;
        for (var axis = 0; axis < shape.Rank; axis++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(Length(axis)), shape[axis]);
        return header;
    }

    /// <summary>Reads the number of extents from the magic number.</summary>
    /// <param name="magic">The first four bytes.</param>
    /// <param name="name">The file, for messages.</param>
    /// <returns>1 to <see cref="MaximalRank"/>.</returns>
    /// <exception cref="InputException">The bytes are no magic number of an IDX file of unsigned bytes.</exception>
    internal static int DecodeRank(ReadOnlySpan<byte> magic, string name)
    {
        if (magic[0] == 0 && magic[1] == 0 && magic[2] == UnsignedByte && magic[3] is >= 1 and <= MaximalRank)
            return magic[3];
        throw new InputException(
            $"{name}: wrong magic number 0x{Convert.ToHexString(magic)}; an IDX file of unsigned bytes starts with "
            + "0x000008 and its number of extents (images 0x00000803, labels 0x00000801).");
    }

    /// <summary>Reads the extents and checks that their product is a number of bytes one array can hold.</summary>
    /// <param name="extents">The bytes after the magic number, four an extent.</param>
    /// <param name="name">The file, for messages.</param>
    /// <returns>The shape; every extent is positive.</returns>
    /// <exception cref="InputException">
    /// An extent is not positive, or the product is beyond an array's length.
    /// </exception>
    internal static Shape DecodeShape(ReadOnlySpan<byte> extents, string name)
    {
        Span<int> values = stackalloc int[extents.Length / sizeof(int)];
        var count = 1L;
        for (var axis = 0; axis < values.Length; axis++)
        {
            var extent = BinaryPrimitives.ReadUInt32BigEndian(extents[(axis * sizeof(int))..]);
            // Both factors are below 2³², and the first even below 2³¹, so the product is exact before it is judged.
            count *= extent;
            if (extent == 0 || count > Array.MaxLength)
                throw new InputException(
                    $"{name}: extent {axis} in its header is {extent}, which no data set has; the file is damaged.");
            values[axis] = (int)extent;
        }

        return new Shape(values);
    }
}

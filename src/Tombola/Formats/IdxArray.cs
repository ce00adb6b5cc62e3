using System.Security.Cryptography;
using Tombola.Tensors;

namespace Tombola.Formats;

/// <summary>Holds the content of an IDX file of unsigned bytes: images, or labels.</summary>
/// <remarks>
/// IDX is the format in which MNIST was published: two zero bytes, a type code, the number of extents, each extent as
/// a big-endian 32-bit number, then the elements, last extent fastest. Only the type code 0x08 (unsigned byte) is read
/// and written here. The object shares the bytes it is given; they must not change afterwards.
/// </remarks>
public sealed class IdxArray
{
    /// <summary>Creates the array from its extents and elements.</summary>
    /// <param name="shape">One to four extents, for example <c>[60000, 28, 28]</c>.</param>
    /// <param name="bytes">As many elements as the shape counts.</param>
    /// <exception cref="ArgumentException">The rank is not 1 to 4, or the number of elements differs.</exception>
    public IdxArray(Shape shape, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Rank is < 1 or > IdxHeader.MaximalRank)
            throw new ArgumentException($"An IDX array has 1 to {IdxHeader.MaximalRank} extents, not {shape}.");
        if (bytes.Length != shape.Count)
            throw new ArgumentException($"The shape {shape} wants {shape.Count} bytes, not {bytes.Length}.");
        Shape = shape;
        Bytes = bytes;
    }

    /// <summary>The extents, the number of examples first.</summary>
    public Shape Shape { get; }

    /// <summary>The elements, last extent fastest.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Computes the SHA-256 of the uncompressed file, header included.</summary>
    /// <remarks>
    /// Files that were compressed anew keep this hash, so it identifies the content and not the archive.
    /// </remarks>
    /// <returns>64 lowercase hexadecimal digits.</returns>
    public string ContentSha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(IdxHeader.Encode(Shape));
        hash.AppendData(Bytes.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

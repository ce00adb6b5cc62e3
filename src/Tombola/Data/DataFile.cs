using Tombola.Tensors;

namespace Tombola.Data;

/// <summary>Describes one published IDX file of a data set.</summary>
/// <param name="Name">Its name without compression, for example <c>train-images-idx3-ubyte</c>.</param>
/// <param name="Shape">What it holds, for example <c>[60000, 28, 28]</c>.</param>
/// <param name="ContentSha256">
/// SHA-256 of the uncompressed content in lowercase hexadecimal digits; null where it is not known.
/// </param>
/// <param name="ArchiveSha256">
/// SHA-256 of the gzip file as its makers published it, used where that of the content is not known; else null.
/// </param>
public sealed record DataFile(string Name, Shape Shape, string? ContentSha256, string? ArchiveSha256 = null)
{
    private const int LargestHeader = 20;

    /// <summary>The name under which it is downloaded and kept.</summary>
    public string ArchiveName => Name + ".gz";

    /// <summary>Length of the uncompressed content in bytes, to within a header.</summary>
    internal long ContentBytes => LargestHeader + (long)Shape.Count;
}

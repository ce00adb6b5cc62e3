using System.Security.Cryptography;
using Tombola.Formats;
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
public sealed record IdxFile(string Name, Shape Shape, string? ContentSha256, string? ArchiveSha256 = null)
    : PublishedFile(Name)
{
    private const int LargestHeader = 20;

    // No archive is longer than its content by more than this.
    private const long ArchiveSlack = 1 << 20;

    /// <inheritdoc/>
    public override string ArchiveName => Name + ".gz";

    /// <inheritdoc/>
    internal override long DownloadLimit => LargestHeader + (long)Shape.Count + ArchiveSlack;

    /// <inheritdoc/>
    internal override bool IsArchiveKnown => ArchiveSha256 is not null;

    /// <inheritdoc/>
    internal override string? FindIn(string folder) => IdxFiles.FindFile(folder, Name);

    /// <inheritdoc/>
    /// <remarks>
    /// The hash of the content decides where it is known, so a file compressed anew passes. Where only the hash of the
    /// published archive is known, another archive of the right form is sound but not verified.
    /// </remarks>
    internal override FileVerdict Verify(string path)
    {
        IdxArray array;
        try
        {
            array = IdxReader.Read(path);
        }
        catch (InputException damage)
        {
            return Verdict(FileState.Damaged, damage.Message);
        }

        if (!array.Shape.Equals(Shape))
            return Verdict(FileState.Damaged, $"{path}: holds {array.Shape}, but {Shape} was expected.");
        if (ContentSha256 is { } content)
            return array.ContentSha256() == content
                ? Verdict(FileState.Verified, "the SHA-256 of its content is the published one")
                : Verdict(FileState.Damaged, $"{path}: the SHA-256 of its content is not the published one.");
        if (ArchiveSha256 is { } archive && Sha256(path) == archive)
            return Verdict(FileState.Verified, "the SHA-256 of the archive is the published one");
        return Verdict(FileState.Sound, $"it holds {array.Shape} as it should, but no SHA-256 of its content is known");

        FileVerdict Verdict(FileState state, string detail) => new(Name, path, state, detail);
    }

    private static string Sha256(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}

using System.Security.Cryptography;
using Tombola.Formats;

namespace Tombola.Data;

/// <summary>Describes a published file that is known by its bytes alone: an archive, or a file out of one.</summary>
/// <param name="Name">Its published name.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Sha256">SHA-256 of its bytes in lowercase hexadecimal digits.</param>
public sealed record ExactFile(string Name, long Length, string Sha256) : PublishedFile(Name)
{
    /// <inheritdoc/>
    public override string ArchiveName => Name;

    /// <inheritdoc/>
    internal override long DownloadLimit => Length;

    /// <inheritdoc/>
    internal override bool IsArchiveKnown => true;

    /// <inheritdoc/>
    internal override string? FindIn(string folder) =>
        Path.Combine(folder, Name) is var path && File.Exists(path) ? path : null;

    /// <inheritdoc/>
    internal override FileVerdict Verify(string path)
    {
        try
        {
            return InputFile.Read(path, Judge);
        }
        catch (InputException failure)
        {
            return new FileVerdict(Name, path, FileState.Damaged, failure.Message);
        }
    }

    private FileVerdict Judge(FileStream file)
    {
        if (file.Length != Length)
        {
            return Damaged(FormattableString.Invariant(
                $"{file.Name}: has {file.Length} bytes, but {Length} were expected."));
        }

        return Convert.ToHexStringLower(SHA256.HashData(file)) == Sha256
            ? new FileVerdict(Name, file.Name, FileState.Verified, "its SHA-256 is the published one")
            : Damaged($"{file.Name}: its SHA-256 is not the published one.");

        FileVerdict Damaged(string detail) => new(Name, file.Name, FileState.Damaged, detail);
    }
}

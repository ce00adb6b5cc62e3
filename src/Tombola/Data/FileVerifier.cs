using System.Security.Cryptography;
using Tombola.Formats;

namespace Tombola.Data;

/// <summary>Checks a file against what is known of the published one.</summary>
internal static class FileVerifier
{
    /// <summary>Checks one file: its form, its extents and, where a hash is known, its bytes.</summary>
    /// <remarks>
    /// The hash of the content decides where it is known, so a file compressed anew passes. Where only the hash of the
    /// published archive is known, another archive of the right form is sound but not verified.
    /// </remarks>
    /// <param name="path">The file, which exists.</param>
    /// <param name="file">What it should be.</param>
    internal static FileVerdict Verify(string path, DataFile file)
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

        if (!array.Shape.Equals(file.Shape))
            return Verdict(FileState.Damaged, $"{path}: holds {array.Shape}, but {file.Shape} was expected.");
        if (file.ContentSha256 is { } content)
            return array.ContentSha256() == content
                ? Verdict(FileState.Verified, "the SHA-256 of its content is the published one")
                : Verdict(FileState.Damaged, $"{path}: the SHA-256 of its content is not the published one.");
        if (file.ArchiveSha256 is { } archive && ArchiveSha256(path) == archive)
            return Verdict(FileState.Verified, "the SHA-256 of the archive is the published one");
        return Verdict(FileState.Sound, $"it holds {array.Shape} as it should, but no SHA-256 of its content is known");

        FileVerdict Verdict(FileState state, string detail) => new(file.Name, path, state, detail);
    }

    private static string ArchiveSha256(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}

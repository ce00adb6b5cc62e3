using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Tombola.Experiments;

/// <summary>The SHA-256 of each file of a folder, as manifests list them.</summary>
internal static class FileHashes
{
    /// <summary>Hashes the files of a folder and sees that they are on the disk, not on their way to it.</summary>
    /// <returns>64 hexadecimal digits by name, in alphabetical order.</returns>
    internal static JsonObject Of(string folder)
    {
        var files = new JsonObject();
        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
            files[Path.GetFileName(path)] = Convert.ToHexStringLower(SHA256.HashData(stream));
            // A rename may reach the disk before the bytes do; after a loss of power the file would be empty.
            RandomAccess.FlushToDisk(stream.SafeFileHandle);
        }

        return files;
    }

    /// <summary>Compares the files of a folder with a list; files that are not on it are nobody's business.</summary>
    /// <returns>What is wrong, in a few words, or null when all is well.</returns>
    internal static string? FindDamage(JsonObject files, string folder)
    {
        foreach (var (name, hash) in files)
        {
            var file = Path.Combine(folder, Path.GetFileName(name));
            if (!File.Exists(file))
                return $"{name} is missing";
            if (HashOf(file) != (string?)hash)
                return $"{name} is not what was written";
        }

        return null;
    }

    private static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}

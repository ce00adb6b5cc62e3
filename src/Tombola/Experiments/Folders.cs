namespace Tombola.Experiments;

/// <summary>Measures and removes folders.</summary>
internal static class Folders
{
    /// <summary>Adds up the lengths of all files below a folder; links are not followed.</summary>
    /// <returns>In bytes; 0 where there is no such folder.</returns>
    internal static long BytesOf(string folder)
    {
        var everything = new EnumerationOptions
        {
            RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true,
        };
        return Directory.Exists(folder)
            ? new DirectoryInfo(folder).EnumerateFiles("*", everything).Sum(file => file.Exists ? file.Length : 0)
            : 0;
    }

    /// <summary>Removes a folder or file that nobody needs, as far as that can be done.</summary>
    /// <param name="path">What to remove, which need not exist.</param>
    internal static void Discard(string path)
    {
        try
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What is left behind is in nobody's way; 'tombola runs gc' removes it.
        }
    }
}

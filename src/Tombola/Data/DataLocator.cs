namespace Tombola.Data;

/// <summary>Finds the files of a data set on this machine.</summary>
public static class DataLocator
{
    /// <summary>Finds the files of a named set in the first folder that has all four.</summary>
    /// <param name="name">The data set's name.</param>
    /// <param name="folders">Where to look.</param>
    /// <exception cref="InputException">
    /// No folder has them; the message lists the folders and says what to do.
    /// </exception>
    public static IdxFiles Find(string name, DataFolders folders) =>
        TryFind(name, folders) ?? throw NotFound(name, folders);

    /// <summary>Finds the files of a named set in the first folder that has all four.</summary>
    /// <param name="name">The data set's name.</param>
    /// <param name="folders">Where to look.</param>
    /// <returns>Their paths, or null where no folder has them all.</returns>
    public static IdxFiles? TryFind(string name, DataFolders folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        return folders.Candidates(name)
            .Select(folder => IdxFiles.Find(folder, out _))
            .FirstOrDefault(files => files is not null);
    }

    /// <summary>Says that a named set is nowhere.</summary>
    /// <param name="name">The data set's name.</param>
    /// <param name="folders">Where it was looked for.</param>
    internal static InputException NotFound(string name, DataFolders folders) =>
        new($"The data set '{name}' was not found in {string.Join(", ", folders.Candidates(name).Select(Describe))}; "
            + $"get it with `tombola data get {name}` or give --download.");

    private static string Describe(string folder)
    {
        _ = IdxFiles.Find(folder, out var missing);
        return missing.Count < IdxFiles.Names.Count ? $"{folder} (lacks {string.Join(" and ", missing)})" : folder;
    }
}

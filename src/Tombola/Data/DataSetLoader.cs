namespace Tombola.Data;

/// <summary>Loads data sets by name, or from a folder that holds the four IDX files.</summary>
public static class DataSetLoader
{
    /// <summary>Loads a data set.</summary>
    /// <param name="nameOrPath">
    /// A name of <see cref="DataSetRegistry"/>, or the path of a folder. A path without a separator is taken as such
    /// when the folder exists and no data set has that name.
    /// </param>
    /// <param name="folders">Where named sets are looked for.</param>
    /// <exception cref="InputException">
    /// The name is unknown, files are not found, or one of them is damaged.
    /// </exception>
    public static DataSet Load(string nameOrPath, DataFolders folders)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        if (DataSetRegistry.Find(nameOrPath) is { } source)
            return source.Load(folders);
        if (!IsPath(nameOrPath))
            throw InputException.UnknownName("data set", nameOrPath, DataSetRegistry.Names);
        if (IdxFiles.Find(nameOrPath, out var missing) is not { } files)
            throw new InputException(
                $"The folder '{nameOrPath}' has no {string.Join(", no ", missing)} (plain or .gz); "
                + "a data set is a folder with these four IDX files.");
        return IdxFolderReader.Read(NameOf(nameOrPath), files, classes: null);
    }

    private static bool IsPath(string text) =>
        text.Contains(Path.DirectorySeparatorChar)
        || text.Contains(Path.AltDirectorySeparatorChar)
        || Directory.Exists(text);

    // A folder may be called like a known set; the path as given never is.
    private static string NameOf(string path) => Path.TrimEndingDirectorySeparator(path);
}

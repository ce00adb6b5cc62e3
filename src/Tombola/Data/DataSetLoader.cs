namespace Tombola.Data;

/// <summary>Loads data sets by name, or from a place that holds one in a known form.</summary>
public static class DataSetLoader
{
    /// <summary>Loads a data set.</summary>
    /// <param name="nameOrPath">
    /// A name of <see cref="DataSetRegistry"/>, or a path at which a set lies in one of <see cref="DataSetForms"/>. A
    /// path without a separator is taken as such when it exists and no data set has that name.
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
        return DataSetForms.Read(nameOrPath);
    }

    private static bool IsPath(string text) =>
        text.Contains(Path.DirectorySeparatorChar)
        || text.Contains(Path.AltDirectorySeparatorChar)
        || Path.Exists(text);
}

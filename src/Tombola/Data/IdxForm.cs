namespace Tombola.Data;

/// <summary>The form of MNIST and its kin: four IDX files in a folder, plain or compressed with gzip.</summary>
/// <param name="classes">
/// Number of classes, or null to count them: one more than the largest training label.
/// </param>
public sealed class IdxForm(int? classes = null) : IDataSetForm
{
    /// <inheritdoc/>
    public string Description => "a folder with the four IDX files (plain or .gz)";

    /// <inheritdoc/>
    public IReadOnlyList<string> FileNames => IdxFiles.Names;

    /// <inheritdoc/>
    public IReadOnlyList<string> MissingFrom(string path)
    {
        _ = IdxFiles.Find(path, out var missing);
        return missing;
    }

    /// <inheritdoc/>
    public DataSet Read(string name, string path) =>
        IdxFiles.Find(path, out var missing) is { } files
            ? IdxFolderReader.Read(name, files, classes)
            : throw new InputException($"The folder '{path}' has no {string.Join(", no ", missing)}.");
}

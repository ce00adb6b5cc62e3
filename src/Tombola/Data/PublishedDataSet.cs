using System.Collections.Immutable;
using Tombola.Tensors;

namespace Tombola.Data;

/// <summary>Describes a data set that its makers published as files, to be downloaded and verified.</summary>
/// <param name="Name">Its name on the command line and in recipes.</param>
/// <param name="Description">One line on what it is and where it comes from.</param>
/// <param name="Form">How its files lie on disk.</param>
/// <param name="Mirrors">Addresses that hold all of them, the most reliable first; each ends in a slash.</param>
/// <param name="ExampleShape">The shape of one example.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="TrainCount">Number of training examples.</param>
/// <param name="TestCount">Number of test examples.</param>
/// <param name="Standard">The normalisation commonly used with it, or null.</param>
public abstract record PublishedDataSet(
    string Name,
    string Description,
    IDataSetForm Form,
    ImmutableArray<Uri> Mirrors,
    Shape ExampleShape,
    int Classes,
    int TrainCount,
    int TestCount,
    Normalisation? Standard)
    : DataSetSource(Name, Description, ExampleShape, Classes, TrainCount, TestCount, Standard)
{
    /// <summary>The files to download.</summary>
    public abstract ImmutableArray<PublishedFile> Downloads { get; }

    /// <summary>Finds the first folder that holds the whole set.</summary>
    /// <param name="folders">Where to look.</param>
    /// <returns>The folder, or null where none does.</returns>
    public string? FindFolder(DataFolders folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        return folders.Candidates(Name).FirstOrDefault(folder => Form.MissingFrom(folder).Count == 0);
    }

    /// <inheritdoc/>
    public override DataSet Load(DataFolders folders) =>
        Form.Read(Name, FindFolder(folders) ?? throw NotFound(folders));

    /// <inheritdoc/>
    /// <remarks>
    /// Judges the folder that <see cref="Load"/> would take, or else the first that has some of the files.
    /// </remarks>
    public override IReadOnlyList<FileVerdict> Verify(DataFolders folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        var folder = FindFolder(folders)
            ?? folders.Candidates(Name).FirstOrDefault(IsBegun)
            ?? throw NotFound(folders);
        return [.. FilesOf(folder).Select(place => place.File.FindIn(place.Folder) is { } path
            ? place.File.Verify(path)
            : new FileVerdict(
                place.File.Name, Path.Combine(place.Folder, place.File.ArchiveName), FileState.Missing, "not there"))];
    }

    /// <summary>Returns the files that a folder should have, each with the folder it should be in.</summary>
    /// <param name="folder">A folder with some of the files.</param>
    protected abstract IEnumerable<(PublishedFile File, string Folder)> FilesOf(string folder);

    private bool IsBegun(string folder) => Form.MissingFrom(folder).Count < Form.FileNames.Count;

    private InputException NotFound(DataFolders folders) =>
        new($"The data set '{Name}' was not found in {string.Join(", ", folders.Candidates(Name).Select(Describe))}; "
            + $"get it with `tombola data get {Name}` or give --download.");

    private string Describe(string folder) =>
        IsBegun(folder) ? $"{folder} (lacks {string.Join(" and ", Form.MissingFrom(folder))})" : folder;
}

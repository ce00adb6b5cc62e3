using System.Collections.Immutable;
using Tombola.Tensors;

namespace Tombola.Data;

/// <summary>Describes a data set that its makers published as four IDX files.</summary>
/// <param name="Name">Its name on the command line and in recipes.</param>
/// <param name="Description">One line on what it is and where it comes from.</param>
/// <param name="Files">Training images, training labels, test images and test labels.</param>
/// <param name="Mirrors">Addresses that hold all four files, the most reliable first; each ends in a slash.</param>
/// <param name="Standard">The normalisation commonly used with it, or null.</param>
public sealed record PublishedDataSet(
    string Name,
    string Description,
    ImmutableArray<DataFile> Files,
    ImmutableArray<Uri> Mirrors,
    Normalisation? Standard)
    : DataSetSource(
        Name,
        Description,
        new Shape(Files[0].Shape.Extents.AsSpan(1..)),
        PublishedClasses,
        Files[0].Shape[0],
        Files[2].Shape[0],
        Standard)
{
    private const int PublishedClasses = 10;
    private const int TestLabels = 3;

    /// <inheritdoc/>
    public override DataSet Load(DataFolders folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        var files = DataLocator.Find(Name, folders);
        var data = IdxFolderReader.Read(Name, files, Classes);
        var holds = DataSetRegistry.Sources.OfType<PublishedDataSet>().FirstOrDefault(other => other.Recognises(data));
        if (holds is not null && holds.Name != Name)
            throw new InputException(
                $"{files.TestLabels}: belongs to '{holds.Name}', not to '{Name}'; give the folder of '{Name}'.");
        return data;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Judges the folder that <see cref="Load"/> would take, or else the first that has some of the files.
    /// </remarks>
    public override IReadOnlyList<FileVerdict> Verify(DataFolders folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        var folder = folders.Candidates(Name)
            .Where(candidate => Present(candidate) > 0)
            .OrderBy(candidate => Present(candidate) < Files.Length)
            .FirstOrDefault() ?? throw DataLocator.NotFound(Name, folders);
        return [.. Files.Select(file => IdxFiles.FindFile(folder, file.Name) is { } path
            ? FileVerifier.Verify(path, file)
            : new FileVerdict(file.Name, Path.Combine(folder, file.ArchiveName), FileState.Missing, "not there"))];

        int Present(string candidate) => Files.Count(file => IdxFiles.FindFile(candidate, file.Name) is not null);
    }

    // The test labels are small enough to be hashed at every load, and no two sets share them.
    private bool Recognises(DataSet data) =>
        Files[TestLabels].ContentSha256 is { } known
        && data.Test.Count == TestCount
        && new Formats.IdxArray(new Shape(TestCount), data.Test.Labels).ContentSha256() == known;
}

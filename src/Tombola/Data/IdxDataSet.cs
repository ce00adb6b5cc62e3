using System.Collections.Immutable;
using Tombola.Tensors;

namespace Tombola.Data;

/// <summary>Describes a data set that its makers published as four IDX files, in ten classes.</summary>
/// <param name="Name">Its name on the command line and in recipes.</param>
/// <param name="Description">One line on what it is and where it comes from.</param>
/// <param name="Files">Training images, training labels, test images and test labels.</param>
/// <param name="Mirrors">Addresses that hold all four files, the most reliable first; each ends in a slash.</param>
/// <param name="Standard">The normalisation commonly used with it, or null.</param>
public sealed record IdxDataSet(
    string Name,
    string Description,
    ImmutableArray<IdxFile> Files,
    ImmutableArray<Uri> Mirrors,
    Normalisation? Standard)
    : PublishedDataSet(
        Name,
        Description,
        new IdxForm(PublishedClasses),
        Mirrors,
        new Shape(Files[0].Shape.Extents.AsSpan(1..)),
        PublishedClasses,
        Files[0].Shape[0],
        Files[2].Shape[0],
        Standard)
{
    private const int PublishedClasses = 10;
    private const int TestLabels = 3;

    /// <inheritdoc/>
    public override ImmutableArray<PublishedFile> Downloads => [.. Files];

    /// <inheritdoc/>
    /// <exception cref="InputException">
    /// The files are not found, damaged, or those of another published set.
    /// </exception>
    public override DataSet Load(DataFolders folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        var data = base.Load(folders);
        var holds = DataSetRegistry.Sources.OfType<IdxDataSet>().FirstOrDefault(other => other.Recognises(data));
        if (holds is not null && holds.Name != Name)
            throw new InputException(
                $"{IdxFiles.FindFile(FindFolder(folders)!, IdxFiles.TestLabelsName)}: "
                + $"belongs to '{holds.Name}', not to '{Name}'; give the folder of '{Name}'.");
        return data;
    }

    /// <inheritdoc/>
    protected override IEnumerable<(PublishedFile File, string Folder)> FilesOf(string folder) =>
        Files.Select(file => ((PublishedFile)file, folder));

    // The test labels are small enough to be hashed at every load, and no two sets share them.
    private bool Recognises(DataSet data) =>
        Files[TestLabels].ContentSha256 is { } known
        && data.Test.Count == TestCount
        && new Formats.IdxArray(new Shape(TestCount), data.Test.Labels).ContentSha256() == known;
}

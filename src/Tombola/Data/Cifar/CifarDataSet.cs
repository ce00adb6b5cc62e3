using System.Collections.Immutable;
using Tombola.Formats;
using Tombola.Tensors;

namespace Tombola.Data.Cifar;

/// <summary>Describes CIFAR-10 or CIFAR-100 as their makers published them: one archive of binary batches.</summary>
/// <param name="Name">Its name on the command line and in recipes.</param>
/// <param name="Description">One line on what it is and where it comes from.</param>
/// <param name="Cifar">How its files lie on disk.</param>
/// <param name="Archive">The archive.</param>
/// <param name="Batches">The files within it, in the order of the form's names.</param>
/// <param name="Mirrors">Addresses that hold the archive, the most reliable first; each ends in a slash.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Standard">The normalisation commonly used with it.</param>
public sealed record CifarDataSet(
    string Name,
    string Description,
    CifarForm Cifar,
    ExactFile Archive,
    ImmutableArray<ExactFile> Batches,
    ImmutableArray<Uri> Mirrors,
    int Classes,
    Normalisation Standard)
    : PublishedDataSet(
        Name,
        Description,
        Cifar,
        Mirrors,
        new Shape(CifarBatch.Channels, CifarBatch.Side, CifarBatch.Side),
        Classes,
        PublishedTrainCount,
        PublishedTestCount,
        Standard)
{
    private const int PublishedTrainCount = 50_000;
    private const int PublishedTestCount = 10_000;

    /// <inheritdoc/>
    public override ImmutableArray<PublishedFile> Downloads => [Archive];

    /// <inheritdoc/>
    protected override IEnumerable<(PublishedFile File, string Folder)> FilesOf(string folder)
    {
        var unpacked = Cifar.FolderOf(folder);
        var takesArchive = Cifar.ArchiveOf(folder) is not null
            && Batches.Any(batch => batch.FindIn(unpacked) is null);
        return takesArchive
            ? [(Archive, folder)]
            : Batches.Select(batch => ((PublishedFile)batch, unpacked));
    }
}

using Tombola.Formats;
using Tombola.Tensors;

namespace Tombola.Data.Cifar;

/// <summary>The binary form of CIFAR-10 and CIFAR-100: a folder of batches, or the archive that holds it.</summary>
/// <remarks>
/// The place is the folder of the batches, a folder that holds it or the archive, or the archive itself. An archive is
/// read as it is, never unpacked; where both are there, the folder is taken, being quicker to read.
/// </remarks>
public sealed class CifarForm : IDataSetForm
{
    // The published archives hold 180 MB; the rest allows for other packers' headers and padding.
    private const long LongestContent = 1L << 28;

    private readonly string[] _train;
    private readonly string[] _test;
    private readonly int _classes;
    private readonly int _labelBytes;

    private CifarForm(string folder, string archive, string[] train, string[] test, int classes, int labelBytes)
    {
        (FolderName, ArchiveName) = (folder, archive);
        (_train, _test, _classes, _labelBytes) = (train, test, classes, labelBytes);
        FileNames = [.. train, .. test];
    }

    /// <summary>Five batches of training examples and one of test examples, in ten classes.</summary>
    public static CifarForm Cifar10 { get; } = new(
        "cifar-10-batches-bin", "cifar-10-binary.tar.gz",
        ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"],
        ["test_batch.bin"], classes: 10, labelBytes: 1);

    /// <summary>A file of training and one of test examples, of which the hundred fine labels are taken.</summary>
    public static CifarForm Cifar100 { get; } = new(
        "cifar-100-binary", "cifar-100-binary.tar.gz", ["train.bin"], ["test.bin"], classes: 100, labelBytes: 2);

    /// <summary>The published name of the folder within the archive.</summary>
    public string FolderName { get; }

    /// <summary>The published name of the archive.</summary>
    public string ArchiveName { get; }

    /// <inheritdoc/>
    public string Description => $"the folder {FolderName} or the archive {ArchiveName}";

    /// <inheritdoc/>
    public IReadOnlyList<string> FileNames { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> MissingFrom(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var folder = FolderOf(path);
        string[] missing = [.. FileNames.Where(name => !File.Exists(Path.Combine(folder, name)))];
        return missing.Length > 0 && ArchiveOf(path) is not null ? [] : missing;
    }

    /// <inheritdoc/>
    public DataSet Read(string name, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var folder = FolderOf(path);
        var isUnpacked = FileNames.All(file => File.Exists(Path.Combine(folder, file)));
        var batches = isUnpacked || ArchiveOf(path) is not { } archive
            ? FileNames.ToDictionary(file => file, file => ReadFile(Path.Combine(folder, file)))
            : ReadArchive(archive);
        return new DataSet(name, Join($"{name}/train", _train, batches), Join($"{name}/test", _test, batches));
    }

    /// <summary>Returns the folder of the batches: that of the published name within the path, or the path.</summary>
    /// <param name="path">The place; it need not exist.</param>
    internal string FolderOf(string path) =>
        Path.Combine(path, FolderName) is var inner && Directory.Exists(inner) ? inner : path;

    /// <summary>Returns the archive of a place, or null where it has none.</summary>
    /// <param name="path">The place; it need not exist.</param>
    internal string? ArchiveOf(string path)
    {
        var inner = Path.Combine(path, ArchiveName);
        if (File.Exists(inner))
            return inner;
        return Path.GetFileName(path) == ArchiveName && File.Exists(path) ? path : null;
    }

    private CifarBatch ReadFile(string path) => InputFile.Read(
        path, file => CifarBatch.Read(path, file.Length, file.ReadExactly, _labelBytes, _classes));

    private Dictionary<string, CifarBatch> ReadArchive(string archive)
    {
        var batches = new Dictionary<string, CifarBatch>();
        TarGzip.Visit(archive, LongestContent, member =>
        {
            var sought = FileNames.FirstOrDefault(file => IsNamed(member.Name, file));
            if (sought is null)
                return;
            if (batches.ContainsKey(sought))
                throw new InputException($"{archive}: holds {sought} twice; get the file anew.");
            batches[sought] =
                CifarBatch.Read($"{archive}: {sought}", member.Length, member.Read, _labelBytes, _classes);
        });
        string[] missing = [.. FileNames.Where(file => !batches.ContainsKey(file))];
        return missing.Length == 0
            ? batches
            : throw new InputException(
                $"{archive}: has no {string.Join(", no ", missing.Select(file => $"{FolderName}/{file}"))}; "
                + "get the file anew.");
    }

    private bool IsNamed(string member, string file) =>
        member == $"{FolderName}/{file}" || member == $"./{FolderName}/{file}";

    private ImageSet Join(string name, string[] files, Dictionary<string, CifarBatch> batches)
    {
        var parts = files.Select(file => batches[file]).ToArray();
        var shape = new Shape(CifarBatch.Channels, CifarBatch.Side, CifarBatch.Side);
        if (parts is [var only])
            return new ImageSet(name, shape, _classes, only.Pixels, only.Labels);
        var count = parts.Sum(part => part.Labels.Length);
        var (pixels, labels) = (GC.AllocateUninitializedArray<byte>(count * shape.Count), new byte[count]);
        var first = 0;
        foreach (var part in parts)
        {
            part.Pixels.CopyTo(pixels, first * shape.Count);
            part.Labels.CopyTo(labels, first);
            first += part.Labels.Length;
        }

        return new ImageSet(name, shape, _classes, pixels, labels);
    }
}

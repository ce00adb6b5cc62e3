using System.Collections.Immutable;
using Tombola.Data.Cifar;
using Tombola.Data.Digits;
using Tombola.Tensors;

namespace Tombola.Data;

/// <summary>Lists the data sets Tombola knows by name.</summary>
public static class DataSetRegistry
{
    private const int TrainCount = 60_000;
    private const int TestCount = 10_000;
    private const int Side = 28;

    private static readonly ImmutableDictionary<string, DataSetSource> Table =
        new Dictionary<string, DataSetSource>(StringComparer.Ordinal)
        {
            ["cifar-10"] = CifarSets.Cifar10,
            ["cifar-100"] = CifarSets.Cifar100,
            ["digits"] = new DigitsDataSet(),
            ["mnist"] = new IdxDataSet(
                "mnist",
                "MNIST: handwritten digits (LeCun, Cortes and Burges)",
                Files(
                    Known("ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
                    Known("65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
                    Known("0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
                    Known("ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2")),
                Mirrors(
                    "https://ossci-datasets.s3.amazonaws.com/mnist/",
                    "https://storage.googleapis.com/cvdf-datasets/mnist/"),
                new Normalisation(0.1307f, 0.3081f)),
            ["fashion-mnist"] = new IdxDataSet(
                "fashion-mnist",
                "Fashion-MNIST: articles of clothing (Xiao, Rasul and Vollgraf)",
                Files(
                    Known("c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
                    Known("bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
                    Known("5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
                    Known("0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34")),
                Mirrors(
                    "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
                    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
                new Normalisation(0.2860f, 0.3530f)),
            ["kmnist"] = new IdxDataSet(
                "kmnist",
                "Kuzushiji-MNIST: cursive Japanese characters (Clanuwat et al.)",
                Files(
                    Archive("51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4"),
                    Archive("e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17"),
                    Archive("edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5"),
                    Archive("20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c")),
                Mirrors(
                    "https://codh.rois.ac.jp/kmnist/dataset/kmnist/",
                    "http://codh.rois.ac.jp/kmnist/dataset/kmnist/"),
                Standard: null),
        }.ToImmutableDictionary();

    /// <summary>All known sets, by name.</summary>
    public static IEnumerable<DataSetSource> Sources =>
        Table.Values.OrderBy(source => source.Name, StringComparer.Ordinal);

    /// <summary>Their names, sorted.</summary>
    public static IEnumerable<string> Names => Sources.Select(source => source.Name);

    /// <summary>Returns the set of a name, or null where none has it.</summary>
    /// <param name="name">The name, in lower case.</param>
    public static DataSetSource? Find(string name) => Table.GetValueOrDefault(name);

    /// <summary>Returns the set of a name.</summary>
    /// <param name="name">The name, in lower case.</param>
    /// <exception cref="InputException">No set has it; the message holds the nearest name.</exception>
    public static DataSetSource Get(string name) =>
        Find(name) ?? throw InputException.UnknownName("data set", name, Names);

    private static ImmutableArray<IdxFile> Files(params ReadOnlySpan<(string? Content, string? Archive)> hashes) =>
    [
        File(IdxFiles.TrainImagesName, hashes[0], TrainCount, Side, Side),
        File(IdxFiles.TrainLabelsName, hashes[1], TrainCount),
        File(IdxFiles.TestImagesName, hashes[2], TestCount, Side, Side),
        File(IdxFiles.TestLabelsName, hashes[3], TestCount),
    ];

    private static IdxFile File(
        string name, (string? Content, string? Archive) hash, params ReadOnlySpan<int> extents) =>
        new(name, new Shape(extents), hash.Content, hash.Archive);

    private static (string? Content, string? Archive) Known(string content) => (content, null);

    private static (string? Content, string? Archive) Archive(string archive) => (null, archive);

    private static ImmutableArray<Uri> Mirrors(params ReadOnlySpan<string> addresses)
    {
        var mirrors = ImmutableArray.CreateBuilder<Uri>(addresses.Length);
        foreach (var address in addresses)
            mirrors.Add(new Uri(address));
        return mirrors.MoveToImmutable();
    }
}

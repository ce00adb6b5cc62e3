namespace Tombola.Data;

/// <summary>Names the four files of one data set on this machine.</summary>
/// <param name="TrainImages">Path of the training images.</param>
/// <param name="TrainLabels">Path of the training labels.</param>
/// <param name="TestImages">Path of the test images.</param>
/// <param name="TestLabels">Path of the test labels.</param>
public sealed record IdxFiles(string TrainImages, string TrainLabels, string TestImages, string TestLabels)
{
    /// <summary>The published name of the training images.</summary>
    public const string TrainImagesName = "train-images-idx3-ubyte";

    /// <summary>The published name of the training labels.</summary>
    public const string TrainLabelsName = "train-labels-idx1-ubyte";

    /// <summary>The published name of the test images.</summary>
    public const string TestImagesName = "t10k-images-idx3-ubyte";

    /// <summary>The published name of the test labels.</summary>
    public const string TestLabelsName = "t10k-labels-idx1-ubyte";

    /// <summary>The four names, in the order of this record's members.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [TrainImagesName, TrainLabelsName, TestImagesName, TestLabelsName];

    /// <summary>Finds the four files in a folder.</summary>
    /// <remarks>
    /// Each may be plain or end in <c>.gz</c>, and may have a dot in place of the dash before <c>idx</c>, as some
    /// unpackers leave it. A plain file is taken before a compressed one, being quicker to read.
    /// </remarks>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="missing">The names of those that are not there.</param>
    /// <returns>The four paths, or null where one is missing.</returns>
    public static IdxFiles? Find(string folder, out IReadOnlyList<string> missing)
    {
        var paths = Names.Select(name => FindFile(folder, name)).ToArray();
        missing = [.. Names.Where((_, index) => paths[index] is null)];
        return missing.Count > 0 ? null : new IdxFiles(paths[0]!, paths[1]!, paths[2]!, paths[3]!);
    }

    /// <summary>Finds one file in a folder, in any of its forms.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>Its path, or null where it is not there.</returns>
    public static string? FindFile(string folder, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var dotted = name.Replace("-idx", ".idx", StringComparison.Ordinal);
        string[] forms = [name, dotted, name + ".gz", dotted + ".gz"];
        return forms.Select(form => Path.Combine(folder, form)).FirstOrDefault(File.Exists);
    }
}

namespace Tombola.Tests.Architecture;

/// <summary>Finds the files of the checkout that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] Generated =
        ["artifacts", "bin", "obj", "node_modules", "TestResults", "tombola-runs", "BenchmarkDotNet.Artifacts"];

    /// <summary>The folder that holds Tombola.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Lists the files below a folder, generated ones and version control's own left out.</summary>
    /// <param name="folder">Relative to the root; empty for all.</param>
    /// <param name="extensions">With the dot; none for every file.</param>
    /// <returns>Paths relative to the root, with forward slashes, sorted.</returns>
    public static IReadOnlyList<string> Files(string folder, params ReadOnlySpan<string> extensions)
    {
        var wanted = extensions.ToArray();
        var found = new List<string>();
        Collect(new DirectoryInfo(Path.Combine(Root, folder)), found);
        return [.. found
            .Where(path => wanted.Length == 0 || wanted.Contains(Path.GetExtension(path)))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Reads the lines of a file.</summary>
    /// <param name="path">Relative to the root.</param>
    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    private static void Collect(DirectoryInfo folder, List<string> found)
    {
        if (!folder.Exists)
            return;
        found.AddRange(folder.EnumerateFiles()
            .Where(file => file.Name != ".git" && file.LinkTarget is null)
            .Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/')));
        foreach (var inner in folder.EnumerateDirectories())
        {
            var skipped = Generated.Contains(inner.Name) || inner.Name is ".git" or ".vs" or ".idea";
            if (!skipped && inner.LinkTarget is null)
                Collect(inner, found);
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tombola.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Tombola.slnx.");
    }
}

using System.Reflection;
using Tombola.Formats;

namespace Tombola.Tickets;

/// <summary>The experiments that come with Tombola: the files of <c>experiments/</c>, embedded.</summary>
public static class Presets
{
    private const string Prefix = "experiments/";
    private const string Suffix = ".yaml";

    /// <summary>The names, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length]).Order(StringComparer.Ordinal),
    ];

    /// <summary>Returns the YAML of a preset.</summary>
    /// <param name="name">As in <see cref="Names"/>.</param>
    /// <exception cref="InputException">There is no preset of that name.</exception>
    public static string TextOf(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name + Suffix)
            ?? throw InputException.UnknownName("experiment", name, Names);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Parses a preset, or a file where the argument names one.</summary>
    /// <param name="nameOrPath">A name of <see cref="Names"/>, or the path of a YAML file.</param>
    /// <exception cref="InputException">There is neither, or it is malformed.</exception>
    public static ConfigNode Open(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        if (Names.Contains(nameOrPath))
            return ConfigReader.Parse(TextOf(nameOrPath), nameOrPath);
        var isPath = nameOrPath.Contains(Path.DirectorySeparatorChar)
            || Path.GetExtension(nameOrPath) is Suffix or ".yml";
        if (isPath || File.Exists(nameOrPath))
        {
            return File.Exists(nameOrPath)
                ? ConfigReader.ReadFile(nameOrPath)
                : throw new InputException(
                    $"{nameOrPath}: there is no such file. 'tombola list experiments' shows the presets.");
        }

        throw InputException.UnknownName("experiment", nameOrPath, Names);
    }
}

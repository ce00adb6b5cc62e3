namespace Tombola.Data;

/// <summary>Says in which folders data sets are looked for.</summary>
/// <param name="Given">The folder the user named for this run (<c>--data</c>), or null.</param>
/// <param name="Preferred">The folder of the user's environment (<c>TOMBOLA_DATA</c>), or null.</param>
/// <param name="Cache">The user's cache, into which data sets are downloaded.</param>
/// <param name="System">The folder in which the operating system's packages put data sets.</param>
public sealed record DataFolders(string? Given, string? Preferred, string Cache, string System)
{
    /// <summary>Where Debian's packages put data sets.</summary>
    public const string DefaultSystem = "/usr/share/datasets";

    /// <summary>Works out the folders from the caller's environment variables.</summary>
    /// <remarks>
    /// The cache is <c>$XDG_CACHE_HOME/tombola/data</c>, without that variable <c>~/.cache/tombola/data</c>, and on
    /// Windows <c>%LOCALAPPDATA%\tombola\data</c>. Empty variables count as absent. The library itself reads no
    /// environment.
    /// </remarks>
    /// <param name="given">The folder the user named for this run, or null.</param>
    /// <param name="variable">Returns an environment variable, or null where it is not set.</param>
    public static DataFolders FromEnvironment(string? given, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var cache = Value("XDG_CACHE_HOME")
            ?? Value("LOCALAPPDATA")
            ?? Path.Combine(Value("HOME") ?? Value("USERPROFILE") ?? Path.GetTempPath(), ".cache");
        return new DataFolders(
            given, Value("TOMBOLA_DATA"), Path.Combine(cache, "tombola", "data"), DefaultSystem);

        string? Value(string name) => variable(name) is { Length: > 0 } value ? value : null;
    }

    /// <summary>The folders in which the files of a set may lie, in the order of the search.</summary>
    /// <param name="name">The data set's name.</param>
    /// <returns><c>folder/name</c> for every folder, and the given folder itself after its own.</returns>
    public IEnumerable<string> Candidates(string name)
    {
        if (Given is not null)
        {
            yield return Path.Combine(Given, name);
            yield return Given;
        }

        if (Preferred is not null)
            yield return Path.Combine(Preferred, name);
        yield return Path.Combine(Cache, name);
        yield return Path.Combine(System, name);
    }
}

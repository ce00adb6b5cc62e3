using Tombola.Formats;

namespace Tombola.Tickets;

/// <summary>The kinds of descriptions; the key <c>kind</c> of a YAML file says which one it is.</summary>
public static class ExperimentKind
{
    /// <summary>Tickets found by pruning weights level after level; what a file is where it does not say.</summary>
    public const string Tickets = "tickets";

    /// <summary>Small networks on XOR, a population at a time.</summary>
    public const string Xor = "xor";

    private const string Key = "kind";

    private static readonly string[] Known = [Tickets, Xor];

    /// <summary>Tells which kind of description a file is.</summary>
    /// <param name="root">From <see cref="ConfigReader"/>.</param>
    /// <exception cref="InputException">It names a kind that there is not.</exception>
    public static string Of(ConfigNode root) => new ConfigSection(root).Choice(Key, Tickets, Known);

    /// <summary>Tells which kind of description a run was made from.</summary>
    /// <param name="folder">From <see cref="RunFolder.Find"/>.</param>
    /// <exception cref="InputException">The description is missing or damaged.</exception>
    public static string OfRun(string folder) =>
        CanonicalJson.ReadFile<Description>(Path.Combine(folder, RunFolder.ExperimentFileName)).Kind ?? Tickets;

    /// <summary>Reads the key where the kind is decided, so that it does not count as unknown.</summary>
    /// <exception cref="InputException">The file is of another kind.</exception>
    internal static void Expect(ConfigSection file, string kind) => _ = file.Choice(Key, kind, [kind]);

    private sealed record Description(string? Kind);
}

using System.Collections.Frozen;

namespace Tombola.Pruning;

/// <summary>The pruning criteria by name.</summary>
public static class CriterionRegistry
{
    /// <summary>One line a criterion: its name, what it does, and itself.</summary>
    private static readonly FrozenDictionary<string, Entry> Table = new Dictionary<string, Entry>
    {
        ["magnitude"] = new("smallest |final weight| first (Han et al. 2015)", new MagnitudeCriterion()),
        ["random"] = new("any survivor, drawn by the seed", new RandomCriterion()),
    }.ToFrozenDictionary();

    /// <summary>The names, in alphabetical order, with a line of description each.</summary>
    public static IReadOnlyList<(string Name, string Description)> All { get; } =
        [.. Table.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value.Description))];

    /// <summary>Finds a criterion.</summary>
    /// <param name="name">As in <see cref="All"/>.</param>
    /// <exception cref="InputException">There is no criterion of that name.</exception>
    public static IPruningCriterion Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Table.TryGetValue(name, out var entry)
            ? entry.Criterion
            : throw InputException.UnknownName("pruning criterion", name, Table.Keys.Order(StringComparer.Ordinal));
    }

    private sealed record Entry(string Description, IPruningCriterion Criterion);
}

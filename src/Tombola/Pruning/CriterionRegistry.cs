using System.Collections.Frozen;

namespace Tombola.Pruning;

/// <summary>The pruning criteria by name.</summary>
public static class CriterionRegistry
{
    /// <summary>One line a criterion: its name, what it does, and itself.</summary>
    private static readonly FrozenDictionary<string, Entry> Table = new Dictionary<string, Entry>
    {
        ["initial-magnitude"] =
            new("smallest |initial weight| first (Frankle and Carbin 2019, F.4)", new InitialMagnitudeCriterion()),
        ["large-init-large-final"] =
            new("small before or after training first (Zhou et al. 2019)", new LargeInitialLargeFinalCriterion()),
        ["magnitude"] = new("smallest |final weight| first (Han et al. 2015)", new MagnitudeCriterion()),
        ["magnitude-increase"] =
            new("smallest |final| − |initial| first (Zhou et al. 2019)", new MagnitudeIncreaseCriterion()),
        ["movement"] = new("smallest |final − initial| first (Zhou et al. 2019)", new MovementCriterion()),
        ["random"] = new("any survivor, drawn by the seed", new RandomCriterion()),
        ["small-final"] = new("largest |final weight| first (Zhou et al. 2019)", new SmallFinalCriterion()),
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

using System.Collections.Frozen;

namespace Tombola.Pruning.Units;

/// <summary>The scores of units by name.</summary>
internal static class UnitScoreRegistry
{
    private static readonly FrozenDictionary<string, IUnitScore> Table = new Dictionary<string, IUnitScore>
    {
        ["input-magnitude"] = new InputMagnitudeScore(),
        ["output-magnitude"] = new OutputMagnitudeScore(),
        ["product"] = new ProductScore(),
    }.ToFrozenDictionary();

    /// <summary>The names, in alphabetical order.</summary>
    internal static IReadOnlyList<string> Names { get; } = [.. Table.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Finds a score.</summary>
    /// <param name="name">As in <see cref="Names"/>.</param>
    /// <exception cref="InputException">There is no score of that name.</exception>
    internal static IUnitScore Get(string name) =>
        Table.TryGetValue(name, out var score) ? score : throw InputException.UnknownName("unit score", name, Names);
}

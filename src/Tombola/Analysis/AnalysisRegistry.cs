using System.Collections.Frozen;

namespace Tombola.Analysis;

/// <summary>The analyses by name.</summary>
public static class AnalysisRegistry
{
    private static readonly FrozenDictionary<string, Entry> Table = new Dictionary<string, Entry>
    {
        [Connectivity.Name] = new("connections left to each unit, and which pixels a ticket reads", new Connectivity()),
        [DistanceMoved.Name] = new(
            "how far weights moved in the unpruned network: those of the ticket and the others", new DistanceMoved()),
        [Ensemble.Name] = new("several tickets voting against one dense network, and the cost", new Ensemble()),
        [GeneralisationGap.Name] = new("training accuracy minus test accuracy", new GeneralisationGap()),
        [InitialValues.Name] = new("the initial values of the weights that survive", new InitialValues()),
        [MaskOverlap.Name] = new("how far masks of trials, branches or runs agree, against chance", new MaskOverlap()),
        [Stability.Name] = new(
            "distance and angle between trained weights: to pruning, and to the order of the data", new Stability()),
    }.ToFrozenDictionary();

    /// <summary>The names, in alphabetical order, with a line of description each.</summary>
    public static IReadOnlyList<(string Name, string Description)> All { get; } =
        [.. Table.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value.Description))];

    /// <summary>Finds an analysis.</summary>
    /// <param name="name">As in <see cref="All"/>.</param>
    /// <exception cref="InputException">There is no analysis of that name.</exception>
    public static IAnalysis Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Table.TryGetValue(name, out var entry)
            ? entry.Analysis
            : throw InputException.UnknownName("analysis", name, Table.Keys.Order(StringComparer.Ordinal));
    }

    private sealed record Entry(string Description, IAnalysis Analysis);
}

using System.Collections.Frozen;

namespace Tombola.Tickets.Controls;

/// <summary>The controls by name.</summary>
public static class ControlRegistry
{
    private static readonly FrozenDictionary<string, Entry> Table = new Dictionary<string, Entry>
    {
        ["random-reinit"] = new("the ticket's mask with freshly drawn weights", new RandomReinitialisation()),
    }.ToFrozenDictionary();

    /// <summary>The names, in alphabetical order, with a line of description each.</summary>
    public static IReadOnlyList<(string Name, string Description)> All { get; } =
        [.. Table.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value.Description))];

    /// <summary>Finds a control.</summary>
    /// <param name="name">As in <see cref="All"/>.</param>
    /// <exception cref="InputException">There is no control of that name.</exception>
    public static IControl Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Table.TryGetValue(name, out var entry)
            ? entry.Control
            : throw InputException.UnknownName("control", name, Table.Keys.Order(StringComparer.Ordinal));
    }

    private sealed record Entry(string Description, IControl Control);
}

using System.Collections.Frozen;

namespace Tombola.Tickets.Controls;

/// <summary>The controls by name.</summary>
public static class ControlRegistry
{
    private static readonly FrozenDictionary<string, Entry> Table = new Dictionary<string, Entry>
    {
        ["constant"] =
            new("every survivor ± the layer's deviation × scale (Zhou et al. 2019)", new ConstantMagnitude()),
        ["invert"] = new("the weights that the ticket prunes", new InvertedMask()),
        ["keep-training"] = new("no rewinding: the trained weights, trained on", new KeptTraining()),
        ["noise"] =
            new("normal noise of scale × the layer's deviation (Frankle and Carbin 2019, F.7)", new GaussianNoise()),
        ["random-mask"] = new("random weights, as many in each layer", new RandomMask()),
        ["random-mask-by-unit"] = new("random weights, as many into each unit", new RandomMaskByUnit()),
        ["random-reinit"] = new("the ticket's mask with freshly drawn weights", new RandomReinitialisation()),
        ["rearrange"] = new("survivors moved with their values to random places", new Rearrangement()),
        ["shuffle-values"] = new("survivors' values permuted within the layer", new ValueShuffle()),
        ["survivor-reinit"] =
            new("values drawn from the survivors' own (Frankle and Carbin 2019, F.3)", new SurvivorReinitialisation()),
        ["ticket"] = new("the ticket itself, for another data order", new SameTicket()),
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

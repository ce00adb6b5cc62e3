using System.Collections.Frozen;

namespace Tombola.Data.Augmentations;

/// <summary>The augmentations by name.</summary>
public static class AugmentationRegistry
{
    /// <summary>The name of showing examples as they are.</summary>
    public const string None = "none";

    private static readonly FrozenDictionary<string, (string Description, IAugmentation? Augmentation)> Table =
        new Dictionary<string, (string, IAugmentation?)>
        {
            [None] = ("examples as they are", null),
            ["flip-crop"] = (
                "mirrored with probability 1/2, then shifted by up to 4 pixels each way (He et al. 2016)",
                new FlipCrop()),
        }.ToFrozenDictionary();

    /// <summary>The names, in alphabetical order, with a line of description each.</summary>
    public static IReadOnlyList<(string Name, string Description)> All { get; } =
        [.. Table.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value.Description))];

    /// <summary>Returns the augmentation of a name.</summary>
    /// <param name="name">One of <see cref="All"/>.</param>
    /// <returns>Null for <see cref="None"/>.</returns>
    /// <exception cref="InputException">No augmentation has it.</exception>
    public static IAugmentation? Get(string name) =>
        Table.TryGetValue(name, out var entry)
            ? entry.Augmentation
            : throw InputException.UnknownName("augmentation", name, All.Select(known => known.Name));
}

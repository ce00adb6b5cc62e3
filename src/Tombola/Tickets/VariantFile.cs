using Tombola.Formats;

namespace Tombola.Tickets;

/// <summary>Reads the variants of a description: names, each with the keys that it changes.</summary>
internal static class VariantFile
{
    internal const string Key = "variants";

    /// <summary>Takes the variants out of a description.</summary>
    /// <param name="root">The whole description.</param>
    /// <returns>The description once for each variant with its keys set, or once with an empty name.</returns>
    /// <exception cref="InputException">A variant has no name, an unknown key, or the name of another.</exception>
    internal static IReadOnlyList<(string Name, ConfigNode Root)> Expand(ConfigNode root)
    {
        var file = new ConfigSection(root);
        var variants = new List<(string Name, ConfigNode Root)>();
        foreach (var section in file.Sections(Key))
        {
            var name = section.Text("name", null);
            var changes = section.Nodes("set");
            section.RejectUnknownKeys();
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            {
                throw new InputException(
                    $"{section.Origin}: name: expected letters, digits and hyphens, got {Excerpt.Quote(name)}.");
            }

            if (variants.Any(other => other.Name == name))
                throw new InputException($"{section.Origin}: variants: '{name}' is listed twice.");
            var own = root.Without(Key);
            foreach (var (key, node) in changes)
                own.Set(key, node);
            variants.Add((name, own));
        }

        return variants.Count == 0 ? [("", root.Without(Key))] : variants;
    }
}

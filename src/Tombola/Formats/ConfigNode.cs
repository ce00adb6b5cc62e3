using System.Globalization;

namespace Tombola.Formats;

/// <summary>A node of a configuration: a value, a list or a mapping, and where it was written.</summary>
/// <remarks>
/// Read from YAML by <see cref="ConfigReader"/>; changed by <see cref="Set"/>; bound by <see cref="ConfigSection"/>.
/// </remarks>
public sealed class ConfigNode
{
    private ConfigNode(
        string origin, string? scalar, List<ConfigNode>? items, SortedDictionary<string, ConfigNode>? entries) =>
        (Origin, Scalar, Items, Entries) = (origin, scalar, items, entries);

    /// <summary>
    /// Where it was written, for messages: <c>file:line:column</c>, or the option of the command line.
    /// </summary>
    public string Origin { get; }

    /// <summary>The text of a value; null for lists and mappings.</summary>
    public string? Scalar { get; }

    /// <summary>The items of a list; null for others.</summary>
    internal List<ConfigNode>? Items { get; }

    /// <summary>The entries of a mapping; null for others.</summary>
    internal SortedDictionary<string, ConfigNode>? Entries { get; }

    /// <summary>Sets a value by its dotted key, creating mappings on the way.</summary>
    /// <param name="key">For example <c>training.steps</c> or <c>controls.0.draws</c>.</param>
    /// <param name="value">YAML: a value, or a list such as <c>[1, 2]</c>.</param>
    /// <exception cref="InputException">
    /// The key leads through a value, past the end of a list, or the value is malformed.
    /// </exception>
    public void Set(string key, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var origin = $"--set {key}";
        var parts = key.Split('.');
        var node = this;
        for (var i = 0; i < parts.Length; i++)
        {
            var last = i == parts.Length - 1;
            if (node.Entries is not null)
            {
                if (last)
                    node.Entries[parts[i]] = ConfigReader.ParseValue(value, origin);
                else if (!node.Entries.TryGetValue(parts[i], out node!))
                    node = AddMapping(this, parts.AsSpan(0, i + 1), origin);
            }
            else if (node.Items is not null
                && int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < node.Items.Count)
            {
                if (last)
                    node.Items[index] = ConfigReader.ParseValue(value, origin);
                else
                    node = node.Items[index];
            }
            else
            {
                throw new InputException(
                    $"{origin}: there is nothing named '{parts[i]}' to set in '{string.Join('.', parts[..i])}'.");
            }
        }
    }

    /// <summary>Makes a value.</summary>
    internal static ConfigNode OfScalar(string origin, string text) => new(origin, text, null, null);

    /// <summary>Makes a list.</summary>
    internal static ConfigNode OfList(string origin, List<ConfigNode> items) => new(origin, null, items, null);

    /// <summary>Makes a mapping.</summary>
    internal static ConfigNode OfMapping(string origin, SortedDictionary<string, ConfigNode> entries) =>
        new(origin, null, null, entries);

    private static ConfigNode AddMapping(ConfigNode root, ReadOnlySpan<string> path, string origin)
    {
        var node = root;
        foreach (var part in path[..^1])
        {
            node = node.Entries is not null
                ? node.Entries[part]
                : node.Items![int.Parse(part, CultureInfo.InvariantCulture)];
        }

        return node.Entries![path[^1]] = OfMapping(
            origin, new SortedDictionary<string, ConfigNode>(StringComparer.Ordinal));
    }
}

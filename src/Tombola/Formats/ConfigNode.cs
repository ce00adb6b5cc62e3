using System.Globalization;

namespace Tombola.Formats;

/// <summary>A node of a configuration: a value, a list or a mapping, and where it was written.</summary>
/// <remarks>
/// Read from YAML by <see cref="ConfigReader"/>; changed by <see cref="Set(string, string)"/>; bound by <see
/// cref="ConfigSection"/>.
/// A key without a value has the empty text as its value and can become a mapping.
/// </remarks>
public sealed class ConfigNode
{
    private readonly ConfigPlace _place;
    private readonly ConfigPath _path;

    private ConfigNode(
        ConfigPlace place,
        ConfigPath path,
        string? scalar,
        List<ConfigNode>? items,
        SortedDictionary<string, ConfigNode>? entries) =>
        (_place, KeyPlace, _path, Scalar, Items, Entries) = (place, place, path, scalar, items, entries);

    /// <summary>Where it was written: <c>file:line:column</c>, or the option of the command line.</summary>
    public string Origin => _place.ToString();

    /// <summary>The file it was written in, or the option of the command line: <c>--set training.steps</c>.</summary>
    public string Source => _place.Source;

    /// <summary>The line it starts on, from 1; 0 for an option of the command line.</summary>
    public long Line => _place.Line;

    /// <summary>The column it starts at, from 1; 0 for an option of the command line.</summary>
    public long Column => _place.Column;

    /// <summary>Its dotted key from the root, as in <c>controls.0.draws</c>; empty for the root.</summary>
    public string Path => _path.ToString();

    /// <summary>The text of a value; null for lists and mappings.</summary>
    public string? Scalar { get; }

    /// <summary>The items of a list; null for others.</summary>
    internal List<ConfigNode>? Items { get; }

    /// <summary>The entries of a mapping; null for others.</summary>
    internal SortedDictionary<string, ConfigNode>? Entries { get; }

    /// <summary>Where the key was written whose value this is; the place of the node where it has no key.</summary>
    internal ConfigPlace KeyPlace { get; private set; }

    /// <summary>Sets a value by its dotted key, creating mappings on the way.</summary>
    /// <param name="key">For example <c>training.steps</c> or <c>controls.0.draws</c>.</param>
    /// <param name="value">YAML: a value, or a list such as <c>[1, 2]</c>.</param>
    /// <exception cref="InputException">
    /// The key is malformed, leads through a value or past the end of a list, or the value is malformed.
    /// </exception>
    public void Set(string key, string value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        var place = new ConfigPlace($"--set {Excerpt.OnOneLine(key)}");
        var (holder, name) = HolderOf(key, place);
        holder.Put(name, ConfigReader.ParseValue(value, place, holder._path.To(name)), place);
    }

    /// <summary>Sets a value by its dotted key to what was written elsewhere.</summary>
    /// <param name="key">For example <c>training.steps</c>.</param>
    /// <param name="value">The node; not copied.</param>
    /// <exception cref="InputException">
    /// The key is malformed, or leads through a value or past a list's end.
    /// </exception>
    internal void Set(string key, ConfigNode value)
    {
        var (holder, name) = HolderOf(key, value.KeyPlace);
        holder.Put(name, value, value.KeyPlace);
    }

    /// <summary>Copies a mapping except for one key; mappings and lists within are copied too.</summary>
    internal ConfigNode Without(string key)
    {
        var copy = Copy();
        copy.Entries?.Remove(key);
        return copy;
    }

    /// <summary>Makes a value.</summary>
    internal static ConfigNode OfScalar(ConfigPlace place, ConfigPath path, string text) =>
        new(place, path, text, null, null);

    /// <summary>Makes a list.</summary>
    internal static ConfigNode OfList(ConfigPlace place, ConfigPath path, List<ConfigNode> items) =>
        new(place, path, null, items, null);

    /// <summary>Makes a mapping without entries.</summary>
    internal static ConfigNode OfMapping(ConfigPlace place, ConfigPath path) =>
        new(place, path, null, null, new SortedDictionary<string, ConfigNode>(StringComparer.Ordinal));

    /// <summary>Says what the node holds, for messages: <c>'many'</c>, <c>a list</c>, <c>nothing</c>.</summary>
    internal string Describe() => this switch
    {
        { Entries: not null } => "a mapping",
        { Items: not null } => "a list",
        { Scalar: "" } => "nothing",
        _ => Excerpt.Quote(Scalar!),
    };

    /// <summary>Notes where the key of this node was written.</summary>
    internal ConfigNode WithKeyAt(ConfigPlace place)
    {
        KeyPlace = place;
        return this;
    }

    private ConfigNode Copy()
    {
        SortedDictionary<string, ConfigNode>? entries = null;
        if (Entries is not null)
        {
            entries = new SortedDictionary<string, ConfigNode>(StringComparer.Ordinal);
            foreach (var (key, node) in Entries)
                entries.Add(key, node.Copy());
        }

        List<ConfigNode>? items = Items is null ? null : [.. Items.Select(item => item.Copy())];
        return new ConfigNode(_place, _path, Scalar, items, entries).WithKeyAt(KeyPlace);
    }

    private (ConfigNode Holder, string Name) HolderOf(string key, ConfigPlace place)
    {
        var parts = key.Split('.');
        if (parts.Contains("") || parts.Length > ConfigReader.MaximumDepth)
        {
            throw new InputException(
                $"{place}: expected up to {ConfigReader.MaximumDepth} names with dots between: training.steps.");
        }

        var node = this;
        foreach (var part in parts.AsSpan(0, parts.Length - 1))
            node = node.Descend(part, place);
        return (node, parts[^1]);
    }

    private ConfigNode Descend(string part, ConfigPlace place)
    {
        var child = Entries is not null ? Entries.GetValueOrDefault(part) : Items![IndexOf(part, place)];
        if (child is null or { Scalar: "" })
        {
            child = OfMapping(place, _path.To(part));
            Put(part, child, place);
        }

        return child.Scalar is null
            ? child
            : throw new InputException(
                $"{place}: {Excerpt.Quote(child.Path)} holds {child.Describe()}; nothing can be set below it.");
    }

    private void Put(string part, ConfigNode child, ConfigPlace place)
    {
        if (Entries is not null)
            Entries[part] = child;
        else
            Items![IndexOf(part, place)] = child;
    }

    private int IndexOf(string part, ConfigPlace place) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < Items!.Count
            ? index
            : throw new InputException(
                $"{place}: {Excerpt.Quote(Path)} is a list of {Items!.Count}, from 0; got {Excerpt.Quote(part)}.");
}

using System.Globalization;

namespace Tombola.Formats;

/// <summary>Reads typed values from a mapping of a configuration and notices keys that nobody asked for.</summary>
/// <remarks>Every complaint is one line that names the place, the key, what was expected and what was found.</remarks>
public sealed class ConfigSection
{
    private readonly ConfigNode? _node;
    private readonly string _path;
    private readonly List<string> _asked = [];
    private readonly List<ConfigSection> _sections = [];

    /// <summary>Reads a mapping.</summary>
    /// <param name="root">The mapping.</param>
    /// <exception cref="InputException">The node is not a mapping.</exception>
    public ConfigSection(ConfigNode root)
        : this(root, "")
    {
    }

    private ConfigSection(ConfigNode? node, string path)
    {
        if (node is not null && node.Entries is null && !string.IsNullOrEmpty(node.Scalar))
            throw new InputException(
                $"{node.Origin}: {path}: expected a mapping of keys to values, got '{node.Scalar}'.");
        if (node?.Items is not null)
            throw new InputException($"{node.Origin}: {path}: expected a mapping of keys to values, got a list.");
        (_node, _path) = (node, path);
    }

    /// <summary>Where the mapping was written, for messages.</summary>
    public string Origin => _node?.Origin ?? _path;

    /// <summary>Reads text.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The value where the key is missing; null if it must be there.</param>
    public string Text(string key, string? fallback) =>
        Find(key) is { } node
            ? node.Scalar ?? throw Wrong(node, key, "text", "a list or mapping")
            : fallback ?? throw new InputException($"{Origin}: {PathOf(key)} is missing; it has no default.");

    /// <summary>Reads a whole number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The value where the key is missing.</param>
    /// <param name="least">The least value allowed.</param>
    /// <param name="most">The largest value allowed.</param>
    public long Integer(string key, long fallback, long least, long most = long.MaxValue) =>
        Find(key) is not { } node
            ? fallback
            : IntegerOf(node, key, least, most);

    /// <summary>Reads a number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The value where the key is missing.</param>
    /// <param name="least">The least value allowed.</param>
    /// <param name="most">The largest value allowed.</param>
    public double Number(string key, double fallback, double least = double.MinValue, double most = double.MaxValue)
    {
        if (Find(key) is not { } node)
            return fallback;
        var valid = double.TryParse(node.Scalar, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most;
        return valid ? value : throw Wrong(node, key, Range("a number", least, most, double.MinValue, double.MaxValue));
    }

    /// <summary>Reads true or false.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The value where the key is missing.</param>
    public bool Boolean(string key, bool fallback) => Find(key) switch
    {
        null => fallback,
        { Scalar: "true" } => true,
        { Scalar: "false" } => false,
        var node => throw Wrong(node, key, "true or false"),
    };

    /// <summary>Reads one of a few names.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The value where the key is missing.</param>
    /// <param name="known">The names allowed.</param>
    public string Choice(string key, string fallback, IEnumerable<string> known)
    {
        var names = known.ToArray();
        if (Find(key) is not { } node)
            return fallback;
        if (node.Scalar is { } text && names.Contains(text))
            return text;
        var nearest = node.Scalar is null ? null : InputException.NearestName(node.Scalar, names);
        var hint = nearest is null ? "" : $" Did you mean '{nearest}'?";
        throw Wrong(node, key, $"one of {string.Join(", ", names)}", hint: hint);
    }

    /// <summary>Reads a list of whole numbers.</summary>
    /// <param name="key">The key.</param>
    /// <param name="least">The least value allowed.</param>
    /// <returns>The numbers; empty where the key is missing.</returns>
    public IReadOnlyList<long> Integers(string key, long least)
    {
        if (Find(key) is not { } node)
            return [];
        if (node.Items is null)
            throw Wrong(node, key, "a list of whole numbers, for example [300, 100]");
        return [.. node.Items.Select(item => IntegerOf(item, key, least, long.MaxValue))];
    }

    /// <summary>Reads a mapping within.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The mapping; an empty one where the key is missing.</returns>
    public ConfigSection Section(string key)
    {
        var section = new ConfigSection(Find(key), PathOf(key));
        _sections.Add(section);
        return section;
    }

    /// <summary>Reads a list of mappings.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The mappings; none where the key is missing.</returns>
    public IReadOnlyList<ConfigSection> Sections(string key)
    {
        if (Find(key) is not { } node)
            return [];
        if (node.Items is null)
            throw Wrong(node, key, "a list");
        ConfigSection[] sections = [.. node.Items.Select((item, i) => new ConfigSection(item, $"{PathOf(key)}.{i}"))];
        _sections.AddRange(sections);
        return sections;
    }

    /// <summary>Complains about the first key that was never asked for, here or in a mapping within.</summary>
    /// <exception cref="InputException">There is such a key.</exception>
    public void RejectUnknownKeys()
    {
        foreach (var (key, node) in _node?.Entries ?? [])
        {
            if (_asked.Contains(key))
                continue;
            var nearest = InputException.NearestName(key, _asked);
            var hint = nearest is null ? "" : $" Did you mean '{nearest}'?";
            throw new InputException(
                $"{node.Origin}: unknown key '{PathOf(key)}'.{hint} Known: {string.Join(", ", _asked)}.");
        }

        foreach (var section in _sections)
            section.RejectUnknownKeys();
    }

    private static string Range(string what, double least, double most, double lowest, double highest) =>
        (least > lowest, most < highest) switch
        {
            (true, true) => FormattableString.Invariant($"{what} from {least} to {most}"),
            (true, false) => FormattableString.Invariant($"{what} of at least {least}"),
            (false, true) => FormattableString.Invariant($"{what} of at most {most}"),
            _ => what,
        };

    private long IntegerOf(ConfigNode node, string key, long least, long most)
    {
        var valid = long.TryParse(
            node.Scalar, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most;
        return valid
            ? value
            : throw Wrong(node, key, Range("a whole number", least, most, long.MinValue, long.MaxValue));
    }

    private ConfigNode? Find(string key)
    {
        if (!_asked.Contains(key))
            _asked.Add(key);
        return _node?.Entries?.GetValueOrDefault(key);
    }

    private string PathOf(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private InputException Wrong(ConfigNode node, string key, string expected, string? found = null, string hint = "")
    {
        found ??= node.Scalar is null ? "a list or mapping" : $"'{node.Scalar}'";
        return new InputException($"{node.Origin}: {PathOf(key)}: expected {expected}, got {found}.{hint}");
    }
}

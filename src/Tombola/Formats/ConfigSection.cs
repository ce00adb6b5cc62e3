using System.Globalization;

namespace Tombola.Formats;

/// <summary>Reads typed values from a mapping of a configuration and notices keys that nobody asked for.</summary>
/// <remarks>Every complaint is one line that names the place, the key, what was expected and what was found.</remarks>
public sealed class ConfigSection
{
    private readonly ConfigNode? _node;
    private readonly string _path;
    private readonly List<string> _asked = [];
    private readonly SortedDictionary<string, ConfigSection> _sections = new(StringComparer.Ordinal);

    /// <summary>Reads a mapping.</summary>
    /// <param name="root">The mapping.</param>
    /// <exception cref="InputException">The node is not a mapping.</exception>
    public ConfigSection(ConfigNode root)
        : this(root, "", (root ?? throw new ArgumentNullException(nameof(root))).Origin)
    {
    }

    private ConfigSection(ConfigNode? node, string path, string origin)
    {
        (_node, _path, Origin) = (node, path, node?.Origin ?? origin);
        if (node is not (null or { Entries: not null } or { Scalar: "" }))
        {
            throw new InputException(
                $"{Origin}: {Prefix(path)}expected a mapping of keys to values, got {node.Describe()}.");
        }
    }

    /// <summary>Where the mapping was written, for messages; where it is missing, that of the one around it.</summary>
    public string Origin { get; }

    /// <summary>Reads text.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The value where the key is missing; null if it must be there.</param>
    /// <exception cref="InputException">The value is not text, or is missing and must be there.</exception>
    public string Text(string key, string? fallback) =>
        Find(key) is { } node
            ? node.Scalar ?? throw Wrong(node, key, "text")
            : fallback ?? throw new InputException($"{Origin}: {PathOf(key)} is missing; it has no default.");

    /// <summary>Reads a list of texts.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The texts; empty where the key is missing.</returns>
    /// <exception cref="InputException">The value is not a list of texts.</exception>
    public IReadOnlyList<string> Strings(string key) =>
        [.. ItemsOf(key, "a list of texts, for example [a, b]").Select(
            (item, i) => item.Scalar ?? throw Wrong(item, $"{key}.{i}", "text"))];

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
    /// <param name="leastExcluded">Whether <paramref name="least"/> itself is not allowed.</param>
    /// <param name="mostExcluded">Whether <paramref name="most"/> itself is not allowed.</param>
    /// <exception cref="InputException">The value is not such a number; infinities and NaN never are.</exception>
    public double Number(
        string key, double fallback, double least = double.MinValue, double most = double.MaxValue,
        bool leastExcluded = false, bool mostExcluded = false)
    {
        var range = new NumberRange(least, most, leastExcluded, mostExcluded);
        return Find(key) is { } node ? NumberOf(node, key, range) : fallback;
    }

    /// <summary>Reads a whole number that may be missing.</summary>
    /// <param name="key">The key.</param>
    /// <param name="least">The least value allowed.</param>
    /// <returns>The number, or null where the key is missing.</returns>
    /// <exception cref="InputException">The value is not such a number.</exception>
    public long? OptionalInteger(string key, long least) =>
        Find(key) is null ? null : Integer(key, least, least);

    /// <summary>Reads a number that may be missing.</summary>
    /// <param name="key">The key.</param>
    /// <param name="least">The least value allowed.</param>
    /// <returns>Null where the key is missing.</returns>
    /// <exception cref="InputException">The value is not such a number; infinities and NaN never are.</exception>
    public double? OptionalNumber(string key, double least) =>
        Find(key) is null ? null : Number(key, least, least);

    /// <summary>Reads a mapping of names to numbers, whatever the names.</summary>
    /// <param name="key">The key.</param>
    /// <param name="least">The least value allowed.</param>
    /// <param name="most">The largest value allowed.</param>
    /// <returns>The numbers by their names; empty where the key is missing.</returns>
    /// <exception cref="InputException">The value is not a mapping of names to such numbers.</exception>
    public IReadOnlyDictionary<string, double> Map(
        string key, double least = double.MinValue, double most = double.MaxValue)
    {
        if (Find(key) is not { Scalar: not "" } node)
            return new SortedDictionary<string, double>(StringComparer.Ordinal);
        var entries = node.Entries ?? throw Wrong(node, key, "a mapping of names to numbers");
        var range = new NumberRange(least, most, LeastExcluded: false, MostExcluded: false);
        return entries.ToDictionary(
            entry => entry.Key, entry => NumberOf(entry.Value, $"{key}.{entry.Key}", range), StringComparer.Ordinal);
    }

    /// <summary>Reads a mapping of names to values of any kind.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The values by their names; none where the key is missing.</returns>
    /// <exception cref="InputException">The value is not a mapping.</exception>
    internal IEnumerable<KeyValuePair<string, ConfigNode>> Nodes(string key) =>
        Find(key) is { Scalar: not "" } node
            ? node.Entries ?? throw Wrong(node, key, "a mapping of keys to values")
            : [];

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
        return ChoiceOf(node, key, names);
    }

    /// <summary>Reads a list of some of a few names.</summary>
    /// <param name="key">The key.</param>
    /// <param name="known">The names allowed.</param>
    /// <returns>The names; empty where the key is missing.</returns>
    /// <exception cref="InputException">The value is not a list of such names.</exception>
    public IReadOnlyList<string> Choices(string key, IEnumerable<string> known)
    {
        var names = known.ToArray();
        return
        [
            .. ItemsOf(key, $"a list of some of {string.Join(", ", names)}").Select(
                (item, i) => ChoiceOf(item, $"{key}.{i}", names)),
        ];
    }

    /// <summary>Reads a list of whole numbers.</summary>
    /// <param name="key">The key.</param>
    /// <param name="least">The least value allowed.</param>
    /// <returns>The numbers; empty where the key is missing.</returns>
    /// <exception cref="InputException">The value is not a list of such numbers.</exception>
    public IReadOnlyList<long> Integers(string key, long least) =>
        [.. ItemsOf(key, "a list of whole numbers, for example [300, 100]").Select(
            (item, i) => IntegerOf(item, $"{key}.{i}", least, long.MaxValue))];

    /// <summary>Reads a mapping within.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The mapping; an empty one where the key is missing.</returns>
    /// <exception cref="InputException">The value is not a mapping.</exception>
    public ConfigSection Section(string key) => Within(Find(key), key);

    /// <summary>Reads a list of mappings.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The mappings; none where the key is missing.</returns>
    /// <exception cref="InputException">The value is not a list of mappings.</exception>
    public IReadOnlyList<ConfigSection> Sections(string key) =>
        [.. ItemsOf(key, "a list of mappings").Select((item, i) => Within(item, $"{key}.{i}"))];

    /// <summary>Returns the full keys of all values asked for so far, here and in mappings within.</summary>
    internal IEnumerable<string> AskedKeys() =>
        _asked.Where(key => !_sections.ContainsKey(key)).Select(PathOf)
            .Concat(_sections.Values.SelectMany(section => section.AskedKeys()));

    /// <summary>Complains about the first key that was never asked for, here or in a mapping within.</summary>
    /// <exception cref="InputException">There is such a key.</exception>
    public void RejectUnknownKeys()
    {
        foreach (var (key, node) in _node?.Entries ?? [])
        {
            if (_asked.Contains(key))
                continue;
            var known = _asked.Count == 0 ? "no keys are known here" : $"Known: {string.Join(", ", _asked)}";
            throw new InputException(
                $"{node.KeyPlace}: unknown key {Excerpt.Quote(PathOf(key))}.{Hint(key, _asked)} {known}.");
        }

        foreach (var section in _sections.Values)
            section.RejectUnknownKeys();
    }

    private static string Hint(string? name, IReadOnlyList<string> known)
    {
        // No name worth a hint is that long, and the search takes time with the length.
        var nearest = name is null or { Length: > 100 } ? null : InputException.NearestName(name, known);
        return nearest is null ? "" : $" Did you mean '{nearest}'?";
    }

    private static string Prefix(string path) => path.Length == 0 ? "" : $"{Excerpt.OnOneLine(path)}: ";

    private ConfigSection Within(ConfigNode? node, string key)
    {
        if (!_sections.TryGetValue(key, out var section))
            _sections.Add(key, section = new ConfigSection(node, PathOf(key), Origin));
        return section;
    }

    private List<ConfigNode> ItemsOf(string key, string expected) =>
        Find(key) is { Scalar: not "" } node ? node.Items ?? throw Wrong(node, key, expected) : [];

    private double NumberOf(ConfigNode node, string key, NumberRange range) =>
        range.TryParse(node.Scalar, out var value) ? value : throw Wrong(node, key, range.Describe("a number"));

    private long IntegerOf(ConfigNode node, string key, long least, long most)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign;
        var valid = long.TryParse(node.Scalar, Style, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most;
        return valid ? value : throw Wrong(node, key, NumberRange.DescribeWhole(least, most));
    }

    private string ChoiceOf(ConfigNode node, string key, string[] names) =>
        node.Scalar is { } text && names.Contains(text)
            ? text
            : throw Wrong(node, key, $"one of {string.Join(", ", names)}", Hint(node.Scalar, names));

    private ConfigNode? Find(string key)
    {
        if (!_asked.Contains(key))
            _asked.Add(key);
        return _node?.Entries?.GetValueOrDefault(key);
    }

    private string PathOf(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private InputException Wrong(ConfigNode node, string key, string expected, string hint = "") =>
        new($"{node.Origin}: {Prefix(PathOf(key))}expected {expected}, got {node.Describe()}.{hint}");
}

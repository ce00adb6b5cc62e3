using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tombola.Formats;

/// <summary>Reads configurations from YAML, keeping the place of every node.</summary>
/// <remarks>
/// One document of plain mappings, lists and values: anchors and aliases, tags and duplicate keys are refused.
/// </remarks>
public static class ConfigReader
{
    private const int MaximumDepth = 32;
    private const int MaximumLength = 1 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">
    /// The file is missing, too large or malformed, or its root is not a mapping.
    /// </exception>
    public static ConfigNode ReadFile(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaximumLength)
                throw new InputException($"{path}: larger than 1 MB, which no configuration is.");
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read ({exception.Message}).", exception);
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="InputException">The text is malformed, or its root is not a mapping.</exception>
    public static ConfigNode Parse(string text, string source)
    {
        var root = ParseDocument(text, source, position => $"{source}:{position.Line}:{position.Column}");
        return root?.Entries is not null
            ? root
            : throw new InputException(
                $"{source}: expected a mapping of keys to values, for example 'name: my-experiment'.");
    }

    /// <summary>Reads a value of the command line.</summary>
    internal static ConfigNode ParseValue(string text, string origin) =>
        ParseDocument(text, origin, _ => origin) ?? ConfigNode.OfScalar(origin, "");

    private static ConfigNode? ParseDocument(string text, string source, Func<Mark, string> originOf)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.TryConsume<StreamEnd>(out _))
                return null;
            parser.Consume<DocumentStart>();
            var root = ReadNode(parser, originOf, depth: 0);
            parser.Consume<DocumentEnd>();
            if (!parser.TryConsume<StreamEnd>(out _))
                throw new InputException($"{originOf(parser.Current!.Start)}: expected one document, found another.");
            return root;
        }
        catch (YamlException exception)
        {
            throw new InputException($"{originOf(exception.Start)}: {Reason(exception, source)}", exception);
        }
    }

    private static string Reason(YamlException exception, string source)
    {
        var reason = (exception.InnerException ?? exception).Message.ReplaceLineEndings(" ").TrimEnd('.');
        return $"not valid YAML: {reason}. Check indentation, quotes and brackets in {source}.";
    }

    private static ConfigNode ReadNode(Parser parser, Func<Mark, string> originOf, int depth)
    {
        var current = parser.Current!;
        var origin = originOf(current.Start);
        if (depth > MaximumDepth)
            throw new InputException($"{origin}: nested deeper than {MaximumDepth} levels.");
        if (current is AnchorAlias || current is NodeEvent { Anchor.IsEmpty: false })
            throw new InputException($"{origin}: anchors and aliases are not supported; write the value out.");
        if (parser.TryConsume<Scalar>(out var scalar))
            return ConfigNode.OfScalar(origin, scalar.Value);
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<ConfigNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(ReadNode(parser, originOf, depth + 1));
            return ConfigNode.OfList(origin, items);
        }

        parser.Consume<MappingStart>();
        var entries = new SortedDictionary<string, ConfigNode>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(parser, originOf, depth + 1);
            if (key.Scalar is null)
                throw new InputException($"{key.Origin}: expected a key, found a list or mapping.");
            if (!entries.TryAdd(key.Scalar, ReadNode(parser, originOf, depth + 1)))
                throw new InputException($"{key.Origin}: the key '{key.Scalar}' is given twice.");
        }

        return ConfigNode.OfMapping(origin, entries);
    }
}

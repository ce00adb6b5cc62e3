using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tombola.Formats;

/// <summary>Reads configurations from YAML, keeping the place of every node.</summary>
/// <remarks>
/// One document of plain mappings, lists and values, nested 32 deep at most: anchors and aliases, tags and duplicate
/// keys are refused. Values stay text: what type they should have, <see cref="ConfigSection"/> decides.
/// </remarks>
public static class ConfigReader
{
    /// <summary>How deep lists and mappings may be nested, the root counted.</summary>
    internal const int MaximumDepth = 32;

    private const int MaximumLength = 1 << 20;
    private const string TooLong = "larger than 1 MB, which no configuration is";
    private const string Expected = "expected a mapping of keys to values, for example 'name: my-experiment'";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, UTF-8, of at most 1 MB.</param>
    /// <returns>The root, a mapping.</returns>
    /// <exception cref="InputException">
    /// The file cannot be read or is malformed, or its root is not a mapping.
    /// </exception>
    public static ConfigNode ReadFile(string path) => Parse(InputFile.ReadText(path, MaximumLength, TooLong), path);

    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML, of at most 2^20 characters.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <returns>The root, a mapping.</returns>
    /// <exception cref="InputException">The text is malformed, or its root is not a mapping.</exception>
    public static ConfigNode Parse(string text, string source)
    {
        var root = ParseDocument(
            text, source, ConfigPath.Root, mark => new ConfigPlace(source, mark.Line, mark.Column));
        return root switch
        {
            { Entries: not null } => root,
            null or { Scalar: "" } => throw new InputException($"{source}: there is nothing in it; {Expected}."),
            _ => throw new InputException($"{root.Origin}: {Expected}; got {root.Describe()}."),
        };
    }

    /// <summary>Reads a value of the command line.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="place">The option.</param>
    /// <param name="path">The key of the value.</param>
    internal static ConfigNode ParseValue(string text, ConfigPlace place, ConfigPath path) =>
        ParseDocument(text, place.Source, path, _ => place) ?? ConfigNode.OfScalar(place, path, "");

    private static ConfigNode? ParseDocument(
        string text, string source, ConfigPath path, Func<Mark, ConfigPlace> placeOf)
    {
        if (text.Length > MaximumLength)
            throw new InputException($"{source}: {TooLong}.");
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.TryConsume<StreamEnd>(out _))
                return null;
            parser.Consume<DocumentStart>();
            var root = new NodeReader(parser, placeOf).Read(path, depth: 1);
            parser.Consume<DocumentEnd>();
            return parser.TryConsume<StreamEnd>(out _)
                ? root
                : throw new InputException($"{placeOf(parser.Current!.Start)}: expected one document, found another.");
        }
        catch (YamlException exception)
        {
            var reason = Excerpt.OnOneLine(exception.Message).TrimEnd('.');
            throw Invalid(placeOf(PlaceOf(exception, text)), reason, exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // YamlDotNet 16.3 throws these for some texts, such as "a: {b: 1\nc: 2" where a brace is not closed.
            var place = placeOf(parser.Current?.End ?? Mark.Empty);
            throw Invalid(place, "what follows here cannot be parsed", exception);
        }
    }

    private static InputException Invalid(ConfigPlace place, string reason, Exception exception) =>
        new($"{place}: not valid YAML: {reason}. Check indentation, quotes and brackets.", exception);

    // Of a tab, YamlDotNet tells where the node before it started, not where the tab is.
    private static Mark PlaceOf(YamlException exception, string text)
    {
        if (!exception.Message.Contains(" tab ", StringComparison.Ordinal))
            return exception.Start;
        var lines = text.Split('\n');
        for (var i = (int)exception.Start.Line - 1; i < lines.Length; i++)
        {
            var indentation = lines[i].Length - lines[i].TrimStart(' ').Length;
            if (lines[i].AsSpan(indentation).StartsWith("\t"))
                return new Mark(0, i + 1, indentation + 1);
        }

        return exception.Start;
    }

    /// <summary>Turns the events of the parser into nodes.</summary>
    private sealed class NodeReader(Parser parser, Func<Mark, ConfigPlace> placeOf)
    {
        public ConfigNode Read(ConfigPath path, int depth)
        {
            var place = placeOf(parser.Current!.Start);
            RequirePlain(parser.Current, place);
            if (parser.TryConsume<Scalar>(out var scalar))
                return ConfigNode.OfScalar(place, path, scalar.Value);
            if (depth > MaximumDepth)
                throw new InputException($"{place}: nested deeper than {MaximumDepth} levels.");
            return parser.TryConsume<SequenceStart>(out _)
                ? ReadList(place, path, depth)
                : ReadMapping(place, path, depth);
        }

        private static void RequirePlain(ParsingEvent current, ConfigPlace place)
        {
            if (current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
                throw new InputException($"{place}: anchors and aliases are not supported; write the value out.");
            if (current is NodeEvent { Tag.IsEmpty: false })
                throw new InputException($"{place}: tags such as !!str are not supported; leave it out.");
        }

        private ConfigNode ReadList(ConfigPlace place, ConfigPath path, int depth)
        {
            var items = new List<ConfigNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(Read(path.To(FormattableString.Invariant($"{items.Count}")), depth + 1));
            return ConfigNode.OfList(place, path, items);
        }

        private ConfigNode ReadMapping(ConfigPlace place, ConfigPath path, int depth)
        {
            parser.Consume<MappingStart>();
            var mapping = ConfigNode.OfMapping(place, path);
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var keyPlace = placeOf(parser.Current!.Start);
                RequirePlain(parser.Current, keyPlace);
                if (!parser.TryConsume<Scalar>(out var key))
                    throw new InputException($"{keyPlace}: expected a key, found a list or mapping.");
                var keyPath = path.To(key.Value);
                if (mapping.Entries!.ContainsKey(key.Value))
                    throw new InputException(
                        $"{keyPlace}: the key {Excerpt.Quote(keyPath.ToString())} is given twice.");
                mapping.Entries.Add(key.Value, Read(keyPath, depth + 1).WithKeyAt(keyPlace));
            }

            return mapping;
        }
    }
}

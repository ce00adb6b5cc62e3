using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Tombola.Formats;

/// <summary>Writes records as JSON of which there is exactly one form, so that it can be hashed.</summary>
/// <remarks>
/// Names in snake_case sorted ordinally at every level, no white space, numbers in the shortest form that reads back
/// the same, enums in kebab-case, seeds as text, shapes as lists. What equals its default is left out, in nested
/// records too, so a field added later leaves old hashes as they are; a default, once released, is therefore frozen.
/// Nulls are left out with it; a null whose default is something else is written. Lists are compared and written as a
/// whole: a field added to a record <em>within a list</em> does change hashes.
/// </remarks>
public static class CanonicalJson
{
    private const int LargestFile = 1 << 28;

    private static readonly JsonSerializerOptions Compact = CreateOptions(indented: false);
    private static readonly JsonSerializerOptions Indented = CreateOptions(indented: true);

    /// <summary>Writes the canonical form.</summary>
    /// <typeparam name="T">A record.</typeparam>
    /// <param name="value">What to write.</param>
    /// <param name="defaults">The record with every field at its default; equal fields are left out.</param>
    /// <returns>A JSON object; <c>{}</c> where everything is at its default.</returns>
    /// <exception cref="ArgumentException">The type is not written as a JSON object.</exception>
    public static string Write<T>(T value, T defaults)
        where T : notnull
    {
        var difference = Difference(ToObject(value), ToObject(defaults));
        return Sorted(difference)!.ToJsonString(Compact);
    }

    /// <summary>Writes the complete record for people, with the same names.</summary>
    /// <typeparam name="T">A record.</typeparam>
    /// <param name="value">What to write.</param>
    public static string Pretty<T>(T value)
        where T : notnull =>
        JsonSerializer.Serialize(value, Indented) + "\n";

    /// <summary>Reads a record written by <see cref="Pretty{T}"/>.</summary>
    /// <typeparam name="T">A record.</typeparam>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">The file is missing or not such a record.</exception>
    public static T ReadFile<T>(string path)
    {
        var text = InputFile.ReadText(path, LargestFile, "larger than 256 MB, which none of our descriptions is");
        return Read(path, () => JsonSerializer.Deserialize<T>(text, Compact));
    }

    /// <summary>Reads a record from its canonical form; what was left out is at its default.</summary>
    /// <typeparam name="T">A record.</typeparam>
    /// <param name="node">The canonical form, parsed.</param>
    /// <param name="path">The file it stands in, for messages.</param>
    /// <exception cref="InputException">It is not such a record.</exception>
    internal static T Read<T>(JsonNode node, string path) => Read(path, () => node.Deserialize<T>(Compact));

    /// <summary>Turns records into a JSON array, with the same names.</summary>
    /// <typeparam name="T">A record.</typeparam>
    /// <param name="rows">The records.</param>
    internal static JsonArray ToArray<T>(IReadOnlyList<T> rows) =>
        JsonSerializer.SerializeToNode(rows, Compact)!.AsArray();

    /// <summary>Returns the properties of a record under the names that its JSON has, in order.</summary>
    /// <param name="record">The type.</param>
    internal static IList<JsonPropertyInfo> PropertiesOf(Type record) => Compact.GetTypeInfo(record).Properties;

    /// <summary>Hashes a text.</summary>
    /// <param name="canonical">From <see cref="Write{T}"/>.</param>
    /// <returns>The SHA-256 of its UTF-8 bytes in 64 lowercase hexadecimal digits.</returns>
    public static string Hash(string canonical) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));

    private static T Read<T>(string path, Func<T?> read)
    {
        try
        {
            return read() ?? throw new InputException($"{path}: expected {typeof(T).Name} as JSON, found nothing.");
        }
        catch (JsonException exception)
        {
            var reason = Excerpt.OnOneLine(exception.Message).TrimEnd('.');
            throw new InputException($"{path}: cannot be read as {typeof(T).Name} ({reason}).", exception);
        }
    }

    // A null is written where the default is not null, or the two would share a hash.
    private static JsonObject Difference(JsonObject value, JsonObject defaults)
    {
        var result = new JsonObject();
        foreach (var name in value.Select(pair => pair.Key).Union(defaults.Select(pair => pair.Key)))
        {
            value.TryGetPropertyValue(name, out var child);
            defaults.TryGetPropertyValue(name, out var other);
            if (JsonNode.DeepEquals(child, other))
                continue;
            result[name] = child is JsonObject one && other is JsonObject two
                ? Difference(one, two)
                : child?.DeepClone();
        }

        return result;
    }

    private static JsonObject ToObject<T>(T value) =>
        JsonSerializer.SerializeToNode(value, Compact) as JsonObject
            ?? throw new ArgumentException($"{typeof(T).Name} is not a record.", nameof(value));

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject value => new JsonObject(
            value.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(
                pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value)))),
        JsonArray value => new JsonArray([.. value.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private static JsonSerializerOptions CreateOptions(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = indented,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower),
            new SeedJsonConverter(),
            new ShapeJsonConverter(),
        },
    };
}

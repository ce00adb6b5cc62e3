using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Tombola.Formats;

/// <summary>Writes records as JSON of which there is exactly one form, so that it can be hashed.</summary>
/// <remarks>
/// Names in snake_case sorted by code point at every level, no white space, numbers in their shortest form, enums in
/// kebab-case. What equals its default is left out, so a field added later leaves old hashes as they are; a default,
/// once released, is therefore frozen.
/// </remarks>
public static class CanonicalJson
{
    private static readonly JsonSerializerOptions Compact = CreateOptions(indented: false);
    private static readonly JsonSerializerOptions Indented = CreateOptions(indented: true);

    /// <summary>Writes the canonical form.</summary>
    /// <typeparam name="T">A record.</typeparam>
    /// <param name="value">What to write.</param>
    /// <param name="defaults">The record with every field at its default; equal fields are left out.</param>
    public static string Write<T>(T value, T defaults)
        where T : notnull
    {
        var node = Difference(
            JsonSerializer.SerializeToNode(value, Compact), JsonSerializer.SerializeToNode(defaults, Compact));
        return (Sorted(node) ?? new JsonObject()).ToJsonString(Compact);
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
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), Compact)
                ?? throw new InputException($"{path}: expected {typeof(T).Name} as JSON, found nothing.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new InputException($"{path}: cannot be read as {typeof(T).Name} ({exception.Message})", exception);
        }
    }

    /// <summary>Hashes a text.</summary>
    /// <param name="canonical">From <see cref="Write{T}"/>.</param>
    /// <returns>The SHA-256 of its UTF-8 bytes in 64 lowercase hexadecimal digits.</returns>
    public static string Hash(string canonical) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));

    private static JsonNode? Difference(JsonNode? value, JsonNode? defaults)
    {
        if (JsonNode.DeepEquals(value, defaults))
            return null;
        if (value is not JsonObject object1 || defaults is not JsonObject object2)
            return value?.DeepClone();
        var result = new JsonObject();
        foreach (var (name, child) in object1)
        {
            var difference = object2.TryGetPropertyValue(name, out var other)
                ? Difference(child, other)
                : child?.DeepClone();
            if (difference is not null)
                result[name] = difference;
        }

        return result;
    }

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
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new SeedJsonConverter() },
    };
}

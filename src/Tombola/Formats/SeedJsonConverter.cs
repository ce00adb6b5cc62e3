using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tombola.Formats;

/// <summary>Writes seeds as text: most JSON readers lose the last bits of a 64-bit number.</summary>
internal sealed class SeedJsonConverter : JsonConverter<Seed>
{
    public override Seed Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ulong.TryParse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new Seed(value)
            : throw new JsonException("Expected a seed: a whole number from 0 to 2^64 − 1, as text.");

    public override void Write(Utf8JsonWriter writer, Seed value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

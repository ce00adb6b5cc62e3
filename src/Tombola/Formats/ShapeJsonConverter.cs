using System.Text.Json;
using System.Text.Json.Serialization;
using Tombola.Tensors;

namespace Tombola.Formats;

/// <summary>Writes shapes as the list of their extents, outermost first.</summary>
internal sealed class ShapeJsonConverter : JsonConverter<Shape>
{
    /// <summary>Reads a list of extents.</summary>
    /// <exception cref="JsonException">It is not a list of whole numbers from 0 whose product fits 31 bits.</exception>
    public override Shape Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var extents = JsonSerializer.Deserialize<int[]>(ref reader, options);
        try
        {
            return new Shape(extents);
        }
        catch (Exception failure) when (failure is OverflowException or ArgumentOutOfRangeException)
        {
            throw new JsonException("Expected the extents of a shape: whole numbers from 0.", failure);
        }
    }

    /// <summary>Writes the list of extents.</summary>
    public override void Write(Utf8JsonWriter writer, Shape value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var extent in value.Extents)
            writer.WriteNumberValue(extent);
        writer.WriteEndArray();
    }
}

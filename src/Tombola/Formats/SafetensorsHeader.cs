using System.Text.Json;
using Tombola.Tensors;

namespace Tombola.Formats;

/// <summary>The header of a safetensors file, parsed and checked in full before a byte of data is read.</summary>
/// <param name="Entries">The tensors in the order of their bytes, which they fill without holes or overlaps.</param>
/// <param name="Metadata">Free text by key; empty where the file has none.</param>
internal sealed record SafetensorsHeader(
    IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly Dictionary<string, TensorType> Types =
        Enum.GetValues<TensorType>().ToDictionary(Safetensors.NameOf, StringComparer.Ordinal);

    /// <summary>Parses and checks a header.</summary>
    /// <param name="path">For messages.</param>
    /// <param name="header">The JSON.</param>
    /// <param name="length">Number of bytes after the header.</param>
    /// <exception cref="InputException">The header breaks a rule of the format.</exception>
    internal static SafetensorsHeader Parse(string path, ReadOnlyMemory<byte> header, long length)
    {
        if (header.IsEmpty || header.Span[0] != '{')
            throw Safetensors.Invalid(path, "its header does not start with '{'");
        try
        {
            using var json = JsonDocument.Parse(header, Strict);
            var entries = new List<SafetensorsEntry>();
            var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (property.Name == Safetensors.MetadataKey)
                    ReadMetadata(path, property.Value, metadata);
                else
                    entries.Add(ReadEntry(path, property.Name, property.Value));
            }

            entries.Sort((a, b) => (a.Start, a.End).CompareTo((b.Start, b.End)));
            RequireContiguous(path, entries, length);
            return new SafetensorsHeader(entries, metadata);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // The latter is thrown for strings that hold half a surrogate pair or bytes that are not UTF-8.
            var reason = Excerpt.OnOneLine(failure.Message).TrimEnd('.');
            throw new InputException(
                Safetensors.Invalid(path, $"its header is malformed ({reason})").Message, failure);
        }
    }

    private static void ReadMetadata(string path, JsonElement element, Dictionary<string, string> metadata)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Safetensors.Invalid(path, $"{Safetensors.MetadataKey} is not a JSON object");
        foreach (var entry in element.EnumerateObject())
        {
            metadata[entry.Name] = entry.Value.ValueKind == JsonValueKind.String
                ? entry.Value.GetString()!
                : throw Safetensors.Invalid(path, $"the metadata {Excerpt.Quote(entry.Name)} is not text");
        }
    }

    private static SafetensorsEntry ReadEntry(string path, string name, JsonElement element)
    {
        var what = $"tensor {Excerpt.Quote(name)}";
        if (element.ValueKind != JsonValueKind.Object)
            throw Safetensors.Invalid(path, $"{what} is not described by a JSON object");
        var type = ReadType(path, what, element);
        var shape = ReadShape(path, what, element);
        var offsets = ReadNumbers(path, what, element, "data_offsets");
        if (offsets is not [var start, var end] || end < start)
            throw Safetensors.Invalid(path, $"{what} has data_offsets that are not a start and an end");
        var size = (long)shape.Count * NamedTensor.SizeOf(type);
        if (end - start != size)
        {
            throw Safetensors.Invalid(
                path, $"{what}, {Safetensors.NameOf(type)} {shape}, needs {size} bytes, not {start} to {end}");
        }

        return size <= Array.MaxLength
            ? new SafetensorsEntry(name, type, shape, start, end)
            : throw Safetensors.Invalid(path, $"{what} of {size} bytes is larger than 2 GB, which is not supported");
    }

    private static TensorType ReadType(string path, string what, JsonElement element)
    {
        if (!element.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String)
            throw Safetensors.Invalid(path, $"{what} has no dtype");
        var name = dtype.GetString()!;
        return Types.TryGetValue(name, out var type)
            ? type
            : throw Safetensors.Invalid(
                path, $"{what} has the unknown dtype {Excerpt.Quote(name)}; known: {string.Join(", ", Types.Keys)}");
    }

    private static Shape ReadShape(string path, string what, JsonElement element)
    {
        var extents = ReadNumbers(path, what, element, "shape");
        try
        {
            return new Shape([.. extents.Select(extent => checked((int)extent))]);
        }
        catch (OverflowException failure)
        {
            throw new InputException(
                Safetensors.Invalid(path, $"{what} has a shape of more than 2^31 − 1 elements").Message, failure);
        }
    }

    private static long[] ReadNumbers(string path, string what, JsonElement element, string key)
    {
        if (!element.TryGetProperty(key, out var list) || list.ValueKind != JsonValueKind.Array)
            throw Safetensors.Invalid(path, $"{what} has no {key}");
        var numbers = new long[list.GetArrayLength()];
        var count = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var number) || number < 0)
                throw Safetensors.Invalid(path, $"{what} has a {key} that is not of whole numbers from 0");
            numbers[count++] = number;
        }

        return numbers;
    }

    private static void RequireContiguous(string path, List<SafetensorsEntry> entries, long length)
    {
        var expected = 0L;
        foreach (var entry in entries)
        {
            if (entry.Start != expected)
            {
                var what = $"tensor {Excerpt.Quote(entry.Name)}";
                throw Safetensors.Invalid(
                    path, $"{what} starts at byte {entry.Start} of the data, not {expected}: a hole or an overlap");
            }

            expected = entry.End;
        }

        if (expected != length)
            throw Safetensors.Invalid(path, $"its tensors end at byte {expected} of the data, the file at {length}");
    }
}

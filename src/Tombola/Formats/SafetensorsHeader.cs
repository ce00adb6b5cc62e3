using System.Text.Json;
using Tombola.Tensors;

namespace Tombola.Formats;

/// <summary>Reads and checks the JSON header of a safetensors file.</summary>
internal static class SafetensorsHeader
{
    /// <summary>Parses the header and cuts the data into tensors.</summary>
    /// <param name="path">For messages.</param>
    /// <param name="header">The JSON.</param>
    /// <param name="data">All bytes after the header.</param>
    internal static SafetensorsFile Parse(string path, ReadOnlyMemory<byte> header, ReadOnlyMemory<byte> data)
    {
        try
        {
            using var json = JsonDocument.Parse(header);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw Safetensors.Invalid(path, "its header is not a JSON object");
            var tensors = new List<(long Start, NamedTensor Tensor)>();
            var metadata = new Dictionary<string, string>();
            var names = new HashSet<string>();
            foreach (var entry in json.RootElement.EnumerateObject())
            {
                if (!names.Add(entry.Name))
                    throw Safetensors.Invalid(path, $"it has two entries '{entry.Name}'");
                if (entry.Name == "__metadata__")
                    ReadMetadata(entry.Value, metadata);
                else
                    tensors.Add(ReadTensor(path, entry.Name, entry.Value, data));
            }

            return new SafetensorsFile(InOrder(path, tensors, data.Length), metadata);
        }
        catch (Exception exception) when (
            exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException
                or OverflowException or ArgumentOutOfRangeException)
        {
            throw Safetensors.Invalid(path, $"its header is malformed ({exception.Message.TrimEnd('.')})");
        }
    }

    private static void ReadMetadata(JsonElement element, Dictionary<string, string> metadata)
    {
        foreach (var entry in element.EnumerateObject())
            metadata[entry.Name] = entry.Value.GetString() ?? "";
    }

    private static (long Start, NamedTensor Tensor) ReadTensor(
        string path, string name, JsonElement element, ReadOnlyMemory<byte> data)
    {
        var typeName = element.GetProperty("dtype").GetString();
        var known = Enum.GetValues<TensorType>().Where(type => Safetensors.NameOf(type) == typeName).ToArray();
        if (known.Length == 0)
            throw Safetensors.Invalid(path, $"tensor '{name}' has the unknown type '{typeName}'");
        int[] extents = [.. element.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32())];
        var shape = new Shape(extents);
        var offsets = element.GetProperty("data_offsets");
        long start = offsets[0].GetInt64(), end = offsets[1].GetInt64();
        if (offsets.GetArrayLength() != 2 || start < 0 || end < start || end > data.Length)
            throw Safetensors.Invalid(
                path, $"tensor '{name}' lies outside the file (bytes {start} to {end} of {data.Length})");
        if (end - start != (long)shape.Count * NamedTensor.SizeOf(known[0]))
            throw Safetensors.Invalid(
                path, $"tensor '{name}' of {typeName} {shape} does not fill its {end - start} bytes");
        return (start, new NamedTensor(name, known[0], shape, data[(int)start..(int)end]));
    }

    private static NamedTensor[] InOrder(string path, List<(long Start, NamedTensor Tensor)> tensors, long length)
    {
        var expected = 0L;
        var sorted = tensors.OrderBy(pair => pair.Start).ThenBy(pair => pair.Tensor.Bytes.Length).ToArray();
        foreach (var (start, tensor) in sorted)
        {
            if (start != expected)
            {
                throw Safetensors.Invalid(
                    path, $"tensor '{tensor.Name}' starts at byte {start}, expected {expected} (a hole or an overlap)");
            }

            expected += tensor.Bytes.Length;
        }

        return expected == length
            ? [.. sorted.Select(pair => pair.Tensor)]
            : throw Safetensors.Invalid(path, $"its tensors end at byte {expected} of {length}");
    }
}

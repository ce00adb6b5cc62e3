using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tombola.Formats;

/// <summary>Writes and reads safetensors files, the format in which PyTorch users exchange weights.</summary>
/// <remarks>
/// Layout: the length of the header as eight little-endian bytes, the header as JSON padded with spaces to a multiple
/// of eight, and the bytes of the tensors without holes. Nothing in a file can make the reader run code or allocate
/// more than the file's own size.
/// </remarks>
public static class Safetensors
{
    private const int LengthBytes = 8;
    private const string MetadataKey = "__metadata__";

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file, overwritten.</param>
    /// <param name="tensors">Their names are unique; written in this order.</param>
    /// <param name="metadata">Free text by key, or null for none.</param>
    public static void Write(
        string path, IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var header = new JsonObject();
        if (metadata is { Count: > 0 })
        {
            header[MetadataKey] = new JsonObject(metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(
                pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value))));
        }

        long offset = 0;
        foreach (var tensor in tensors)
        {
            header.Add(tensor.Name, new JsonObject
            {
                ["dtype"] = NameOf(tensor.Type),
                ["shape"] = new JsonArray([.. tensor.Shape.Extents.Select(extent => JsonValue.Create(extent))]),
                ["data_offsets"] = new JsonArray(offset, offset + tensor.Bytes.Length),
            });
            offset += tensor.Bytes.Length;
        }

        using var stream = File.Create(path);
        WriteHeader(stream, JsonSerializer.SerializeToUtf8Bytes(header));
        foreach (var tensor in tensors)
            stream.Write(tensor.Bytes.Span);
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">
    /// The file is missing, cannot be read, or is not a valid safetensors file.
    /// </exception>
    public static SafetensorsFile Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read ({exception.Message}).", exception);
        }

        if (bytes.Length < LengthBytes)
            throw Invalid(path, $"{bytes.Length} bytes are too few for a header");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > (ulong)(bytes.Length - LengthBytes))
            throw Invalid(
                path, $"it announces a header of {length} bytes and has {bytes.Length - LengthBytes} after the length");
        var header = bytes.AsMemory(LengthBytes, (int)length);
        return SafetensorsHeader.Parse(path, header, bytes.AsMemory(LengthBytes + (int)length));
    }

    /// <summary>Makes the one-line complaint about a file.</summary>
    internal static InputException Invalid(string path, string reason) =>
        new($"{path}: not a valid safetensors file: {reason}.");

    /// <summary>Returns the format's name of a type.</summary>
    internal static string NameOf(TensorType type) => type.ToString().ToUpperInvariant();

    private static void WriteHeader(Stream stream, byte[] header)
    {
        var padded = (header.Length + LengthBytes - 1) / LengthBytes * LengthBytes;
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)padded);
        stream.Write(length);
        stream.Write(header);
        for (var i = header.Length; i < padded; i++)
            stream.WriteByte((byte)' ');
    }
}

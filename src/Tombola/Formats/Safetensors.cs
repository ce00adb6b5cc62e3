using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tombola.Formats;

/// <summary>Writes and reads safetensors files, the format in which PyTorch users exchange weights.</summary>
/// <remarks>
/// Layout: the length of the header as eight little-endian bytes, the header as JSON padded with spaces to a multiple
/// of eight, and the bytes of the tensors without holes. Tensors of larger elements are written before those of
/// smaller ones, else in the order given, so that every tensor is aligned to its elements: readers that map a file
/// into memory need that. Nothing in a file can make the reader run code or, beyond a small multiple, allocate more
/// than the size of the file: header and offsets are checked before any tensor is allocated.
/// </remarks>
public static class Safetensors
{
    /// <summary>The key of the header that is not the name of a tensor.</summary>
    internal const string MetadataKey = "__metadata__";

    private const int LengthBytes = 8;
    private const int LargestHeader = 100_000_000;

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file, overwritten.</param>
    /// <param name="tensors">Their names are unique and not <c>__metadata__</c>.</param>
    /// <param name="metadata">Free text by key, or null for none.</param>
    /// <exception cref="ArgumentException">
    /// A name is taken, the bytes of a tensor are not as many as its shape and type need, or the header would exceed
    /// 100 MB.
    /// </exception>
    public static void Write(
        string path, IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        NamedTensor[] ordered = [.. tensors.OrderByDescending(tensor => NamedTensor.SizeOf(tensor.Type))];
        metadata ??= new Dictionary<string, string>();
        var header = JsonSerializer.SerializeToUtf8Bytes(Describe(ordered, metadata));
        if (header.Length > LargestHeader - LengthBytes)
            throw new ArgumentException("The header would exceed the 100 MB of the format.", nameof(tensors));
        using var stream = File.Create(path);
        WriteHeader(stream, header);
        foreach (var tensor in ordered)
            stream.Write(tensor.Bytes.Span);
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">
    /// The file is missing, cannot be read, or is not a valid safetensors file.
    /// </exception>
    public static SafetensorsFile Read(string path) => InputFile.Read(path, file => Read(file, path));

    /// <summary>Makes the one-line complaint about a file.</summary>
    internal static InputException Invalid(string path, string reason) =>
        new($"{path}: not a valid safetensors file: {reason}.");

    /// <summary>Returns the format's name of a type.</summary>
    internal static string NameOf(TensorType type) => type.ToString().ToUpperInvariant();

    private static JsonObject Describe(NamedTensor[] tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var header = new JsonObject();
        if (metadata.Count > 0)
        {
            header[MetadataKey] = new JsonObject(metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(
                pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value))));
        }

        long offset = 0;
        foreach (var tensor in tensors)
        {
            if (tensor.Name == MetadataKey)
                throw new ArgumentException($"No tensor can have the name {MetadataKey}.", nameof(tensors));
            if (tensor.Bytes.Length != (long)tensor.Shape.Count * NamedTensor.SizeOf(tensor.Type))
                throw new ArgumentException($"{tensor.Name}: its bytes do not fill its shape.", nameof(tensors));
            header.Add(tensor.Name, new JsonObject
            {
                ["dtype"] = NameOf(tensor.Type),
                ["shape"] = new JsonArray([.. tensor.Shape.Extents.Select(extent => JsonValue.Create(extent))]),
                ["data_offsets"] = new JsonArray(offset, offset + tensor.Bytes.Length),
            });
            offset += tensor.Bytes.Length;
        }

        return header;
    }

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

    private static SafetensorsFile Read(FileStream file, string path)
    {
        if (!file.CanSeek)
            throw Invalid(path, "it is a stream without a length");
        if (file.Length < LengthBytes)
            throw Invalid(path, $"{file.Length} bytes are too few for a header");
        Span<byte> prefix = stackalloc byte[LengthBytes];
        file.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        var rest = file.Length - LengthBytes;
        if (length > (ulong)rest)
            throw Invalid(path, $"it announces a header of {length} bytes and has {rest} after the length");
        if (length > LargestHeader)
            throw Invalid(path, $"it announces a header of {length} bytes; the format allows {LargestHeader}");

        var bytes = new byte[length];
        file.ReadExactly(bytes);
        var header = SafetensorsHeader.Parse(path, bytes, rest - (long)length);
        return new SafetensorsFile(path, [.. header.Entries.Select(entry => ReadTensor(file, entry))], header.Metadata);
    }

    // The entries follow one another without holes, so reading on is reading in the right place.
    private static NamedTensor ReadTensor(FileStream file, SafetensorsEntry entry)
    {
        var bytes = GC.AllocateUninitializedArray<byte>((int)(entry.End - entry.Start));
        file.ReadExactly(bytes);
        return new NamedTensor(entry.Name, entry.Type, entry.Shape, bytes);
    }
}

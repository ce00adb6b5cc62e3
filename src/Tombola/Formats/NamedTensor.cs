using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Tombola.Tensors;

namespace Tombola.Formats;

/// <summary>A tensor of a file: its name, type, shape and bytes.</summary>
/// <param name="Name">Unique within the file.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its extents, outermost first.</param>
/// <param name="Bytes">The elements in order, little-endian.</param>
public sealed record NamedTensor(string Name, TensorType Type, Shape Shape, ReadOnlyMemory<byte> Bytes)
{
    private const int UpperHalf = 16;

    /// <summary>Number of bytes of an element.</summary>
    /// <param name="type">The type.</param>
    public static int SizeOf(TensorType type) => type switch
    {
        TensorType.Bool or TensorType.U8 or TensorType.I8 => 1,
        TensorType.I16 or TensorType.F16 or TensorType.BF16 => 2,
        TensorType.I32 or TensorType.F32 => 4,
        TensorType.I64 or TensorType.F64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>Makes a tensor of float32.</summary>
    /// <param name="name">Unique within the file.</param>
    /// <param name="shape">As many elements as values.</param>
    /// <param name="values">Copied.</param>
    /// <exception cref="ShapeException">The number of values is not that of the shape.</exception>
    public static NamedTensor OfFloats(string name, Shape shape, ReadOnlySpan<float> values) =>
        new(name, TensorType.F32, Checked(shape, values.Length), MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Makes a tensor of booleans.</summary>
    /// <param name="name">Unique within the file.</param>
    /// <param name="shape">As many elements as values.</param>
    /// <param name="values">Copied.</param>
    /// <exception cref="ShapeException">The number of values is not that of the shape.</exception>
    public static NamedTensor OfBooleans(string name, Shape shape, ReadOnlySpan<bool> values) =>
        new(name, TensorType.Bool, Checked(shape, values.Length), MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Copies the elements as float32.</summary>
    /// <remarks>Those of half precision, as others often store weights, are widened; none is rounded.</remarks>
    /// <exception cref="InputException">The elements are of another type than F32, F16 or BF16.</exception>
    public float[] ToFloats()
    {
        switch (Type)
        {
            case TensorType.F16:
                var halves = new float[Bytes.Length / sizeof(ushort)];
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(Bytes.Span), halves);
                return halves;
            case TensorType.BF16:
                return [.. MemoryMarshal.Cast<byte, ushort>(Bytes.Span).ToArray().Select(
                    bits => BitConverter.UInt32BitsToSingle((uint)bits << UpperHalf))];
            default:
                Require(TensorType.F32);
                return MemoryMarshal.Cast<byte, float>(Bytes.Span).ToArray();
        }
    }

    /// <summary>Copies the elements as booleans.</summary>
    /// <exception cref="InputException">The elements are of another type.</exception>
    public bool[] ToBooleans()
    {
        Require(TensorType.Bool);
        var bytes = Bytes.Span;
        var values = new bool[bytes.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = bytes[i] != 0;
        return values;
    }

    private void Require(TensorType type)
    {
        if (Type != type)
            throw new InputException($"Tensor '{Name}': expected elements of type {type}, found {Type}.");
    }

    private static Shape Checked(Shape shape, int count)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape.Count == count ? shape : throw new ShapeException("named tensor", $"{count} elements", shape);
    }
}

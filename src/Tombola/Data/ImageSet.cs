using Tombola.Tensors;

namespace Tombola.Data;

/// <summary>Holds labelled examples as they were published: unsigned bytes, neither normalised nor augmented.</summary>
/// <remarks>
/// Immutable and safe to share between threads. It shares the memory it is given, which must not change afterwards.
/// Features are ordered as in the file; for the engine's batch-last floats see <see cref="BatchAssembler"/>.
/// </remarks>
public sealed class ImageSet
{
    private const int LargestClasses = 256;

    private readonly Lazy<int[]> _alikeOrder;

    /// <summary>Creates a set from its bytes.</summary>
    /// <param name="name">What the set is called in messages, for example <c>mnist/train</c>.</param>
    /// <param name="exampleShape">
    /// The shape of one example: <c>[height, width]</c> or <c>[channels, height, width]</c>.
    /// </param>
    /// <param name="classes">Number of classes, 1 to 256; every label is below it.</param>
    /// <param name="pixels">Example after example, as many bytes each as the shape counts.</param>
    /// <param name="labels">One an example.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a label is out of range.</exception>
    public ImageSet(
        string name, Shape exampleShape, int classes, ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(exampleShape);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, LargestClasses);
        ArgumentOutOfRangeException.ThrowIfZero(exampleShape.Count, nameof(exampleShape));
        if (pixels.Length != (long)labels.Length * exampleShape.Count)
            throw new ArgumentException(
                $"{labels.Length} examples of {exampleShape} do not make {pixels.Length} bytes.", nameof(pixels));
        if (FirstBadLabel(labels.Span, classes) is var bad and >= 0)
            throw new ArgumentException($"The label of example {bad} is not below {classes}.", nameof(labels));
        Name = name;
        ExampleShape = exampleShape;
        Classes = classes;
        Pixels = pixels;
        Labels = labels;
        _alikeOrder = new Lazy<int[]>(() => Data.AlikeOrder.Of(this));
    }

    /// <summary>What the set is called in messages.</summary>
    public string Name { get; }

    /// <summary>The shape of one example: <c>[height, width]</c> or <c>[channels, height, width]</c>.</summary>
    public Shape ExampleShape { get; }

    /// <summary>Number of bytes an example.</summary>
    public int Features => ExampleShape.Count;

    /// <summary>Number of classes; labels are 0 … classes − 1.</summary>
    public int Classes { get; }

    /// <summary>Number of examples.</summary>
    public int Count => Labels.Length;

    /// <summary>The bytes of all examples, <c>[count, features]</c>.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>The labels, <c>[count]</c>.</summary>
    public ReadOnlyMemory<byte> Labels { get; }

    /// <summary>An order in which neighbours leave the same pixels unused; made once.</summary>
    internal ReadOnlyMemory<int> AlikeOrder => _alikeOrder.Value;

    /// <summary>Returns the shape of a batch of these examples: that of one and, last, the batch.</summary>
    /// <param name="batch">Number of examples.</param>
    internal Shape BatchShape(int batch) => new([.. ExampleShape.Extents, batch]);

    /// <summary>Copies some of the examples into a set of their own.</summary>
    /// <param name="indices">Which, in the order wanted; repeats are allowed. Each is in [0, count).</param>
    /// <returns>A set of the same name, shape and classes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the set.</exception>
    public ImageSet Select(ReadOnlySpan<int> indices)
    {
        var pixels = GC.AllocateUninitializedArray<byte>(checked(indices.Length * Features));
        var labels = new byte[indices.Length];
        for (var row = 0; row < indices.Length; row++)
        {
            var index = indices[row];
            ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(indices));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count, nameof(indices));
            Pixels.Span.Slice(index * Features, Features).CopyTo(pixels.AsSpan(row * Features));
            labels[row] = Labels.Span[index];
        }

        return new ImageSet(Name, ExampleShape, Classes, pixels, labels);
    }

    /// <summary>Finds the first label that is not below the number of classes.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="classes">1 to 256.</param>
    /// <returns>Its position, or −1 where all are in range.</returns>
    internal static int FirstBadLabel(ReadOnlySpan<byte> labels, int classes) =>
        labels.IndexOfAnyExceptInRange((byte)0, (byte)(classes - 1));
}

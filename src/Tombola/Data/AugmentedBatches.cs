using Tombola.Data.Augmentations;
using Tombola.Numerics.Images;
using Tombola.Numerics.Random;

namespace Tombola.Data;

/// <summary>Assembles batches of training examples changed at random, else as <see cref="BatchAssembler"/> does.
/// </summary>
/// <remarks>
/// What is shown of an example depends on seed, epoch and the example's index alone: not on the batch, on the step at
/// which a training began, or on threads. Allocates nothing once a batch of the largest size has been assembled. Not
/// safe to share between threads.
/// </remarks>
public sealed class AugmentedBatches
{
    private const string Purpose = "augmentation";

    private readonly ImageSet _images;
    private readonly BatchAssembler _assembler;
    private readonly IAugmentation _augmentation;
    private readonly RandomStream _stream;
    private byte[] _shown = [];
    private int[] _rows = [];
    private PixelArea[] _areas = [];

    /// <summary>Creates an assembler of changed batches of a set.</summary>
    /// <param name="images">The examples.</param>
    /// <param name="normalisation">How a pixel becomes a feature.</param>
    /// <param name="augmentation">Changes the examples.</param>
    /// <param name="seed">The seed of the changes.</param>
    /// <exception cref="InputException">
    /// The normalisation is made for another number of channels than the examples have.
    /// </exception>
    public AugmentedBatches(ImageSet images, Normalisation normalisation, IAugmentation augmentation, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(augmentation);
        _assembler = new BatchAssembler(images, normalisation);
        (_images, _augmentation) = (images, augmentation);
        _stream = new RandomStream(seed, Purpose);
    }

    /// <summary>Assembles a batch.</summary>
    /// <param name="epoch">From 0; another epoch shows the same examples changed otherwise.</param>
    /// <param name="indices">The examples, each in [0, count).</param>
    /// <param name="features">
    /// Receives <c>[features, padded batch]</c>; longer spans are left alone beyond that.
    /// </param>
    /// <param name="labels">Receives the labels, one an example; longer spans are left alone beyond that.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the set.</exception>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public void Assemble(long epoch, ReadOnlySpan<int> indices, Span<float> features, Span<int> labels)
    {
        _assembler.Begin(indices, features, labels);
        var size = _images.Features;
        Reserve(indices.Length);
        for (var lane = 0; lane < indices.Length; lane++)
        {
            var index = indices[lane];
            _areas[lane] = _augmentation.Apply(
                _images.Pixels.Span.Slice(index * size, size), _images.ExampleShape,
                _stream.At((epoch * _images.Count) + index), _shown.AsSpan(lane * size, size));
        }

        _assembler.Write(_shown, _rows.AsSpan(0, indices.Length), features);
        Blank(indices.Length, features);
    }

    private void Reserve(int batch)
    {
        if (_areas.Length >= batch)
            return;
        _shown = new byte[batch * _images.Features];
        _rows = [.. Enumerable.Range(0, batch)];
        _areas = new PixelArea[batch];
    }

    private void Blank(int batch, Span<float> features)
    {
        var shape = _images.ExampleShape;
        var (height, width) = (shape[shape.Rank - 2], shape[shape.Rank - 1]);
        var planes = _images.Features / (height * width);
        for (var lane = 0; lane < batch; lane++)
        {
            var area = _areas[lane];
            PixelGather.Blank(
                features[lane..], BatchAssembler.Padded(batch), planes, height, width,
                (area.Top, area.Bottom), (area.Left, area.Right));
        }
    }
}

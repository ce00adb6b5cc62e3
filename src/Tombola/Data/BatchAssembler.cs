using Tombola.Numerics.Images;

namespace Tombola.Data;

/// <summary>Assembles batches: gathers examples, normalises them and lays them out batch last.</summary>
/// <remarks>
/// Feature f of example b of the batch goes to <c>features[f · padded + b]</c>, where the batch is padded to a multiple
/// of 16 and the padding lanes are 0. The value is <c>scale · pixel + offset</c> in float32 with the numbers of the
/// feature's channel, rounded after the product and after the sum, the same bits on every machine. Safe to share
/// between threads.
/// </remarks>
public sealed class BatchAssembler
{
    private readonly ImageSet _images;
    private readonly PixelScale[] _scales;

    /// <summary>Creates an assembler of batches of a set.</summary>
    /// <param name="images">The examples.</param>
    /// <param name="normalisation">How a pixel becomes a feature.</param>
    /// <exception cref="InputException">It is made for another number of channels than the examples have.</exception>
    public BatchAssembler(ImageSet images, Normalisation normalisation)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(normalisation);
        _images = images;
        if (normalisation.Channels is { } channels && channels.Count != images.ExampleShape[0])
        {
            throw new InputException(
                $"A normalisation of {channels.Count} channels does not fit examples of {images.ExampleShape} in "
                + $"'{images.Name}'; the channels are their first extent.");
        }

        _scales = [.. normalisation.Planes.Select(plane => new PixelScale(plane.Scale, plane.Offset))];
    }

    /// <summary>Returns the number of lanes a batch takes: its size rounded up to a multiple of 16.</summary>
    /// <param name="batch">Number of examples.</param>
    public static int Padded(int batch) => PixelGather.Padded(batch);

    /// <summary>Assembles a batch.</summary>
    /// <param name="indices">The examples, each in [0, count).</param>
    /// <param name="features">
    /// Receives <c>[features, padded batch]</c>; longer spans are left alone beyond that.
    /// </param>
    /// <param name="labels">Receives the labels, one an example; longer spans are left alone beyond that.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the set.</exception>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public void Assemble(ReadOnlySpan<int> indices, Span<float> features, Span<int> labels)
    {
        Begin(indices, features, labels);
        Write(_images.Pixels.Span, indices, features);
    }

    /// <summary>Assembles some features of a batch, for a consumer that reads no others.</summary>
    /// <param name="indices">The examples, each in [0, count).</param>
    /// <param name="wanted">The features to write, strictly ascending, each in [0, features).</param>
    /// <param name="features">
    /// <c>[features, padded batch]</c>, of which the wanted rows are written and the others left as they are.
    /// </param>
    /// <param name="labels">Receives the labels, one an example; longer spans are left alone beyond that.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index or a feature is outside the set.</exception>
    /// <exception cref="ArgumentException">A span is too short, or the features are not ascending.</exception>
    public void Assemble(ReadOnlySpan<int> indices, ReadOnlySpan<int> wanted, Span<float> features, Span<int> labels)
    {
        CheckAscending(wanted);
        Begin(indices, features, labels);
        if (!wanted.IsEmpty)
            PixelGather.Write(_images.Pixels.Span, _images.Features, indices, wanted, _scales, features);
    }

    /// <summary>Checks a batch, and writes its labels.</summary>
    /// <param name="indices">The examples, each in [0, count).</param>
    /// <param name="features">Has room for the batch; not written.</param>
    /// <param name="labels">Receives the labels.</param>
    internal void Begin(ReadOnlySpan<int> indices, Span<float> features, Span<int> labels)
    {
        CopyLabels(indices, labels);
        CheckLength(indices, features);
    }

    /// <summary>Writes pixels that may be other than those of the set, but are of its shape.</summary>
    /// <param name="pixels"><c>[rows, features]</c>.</param>
    /// <param name="rows">Those that make up the batch; each has been checked to be in range.</param>
    /// <param name="features">Receives <c>[features, padded batch]</c>.</param>
    internal void Write(ReadOnlySpan<byte> pixels, ReadOnlySpan<int> rows, Span<float> features) =>
        PixelGather.Write(pixels, _images.Features, rows, [], _scales, features);

    private void CopyLabels(ReadOnlySpan<int> indices, Span<int> labels)
    {
        if (labels.Length < indices.Length)
            throw new ArgumentException($"{indices.Length} labels do not fit {labels.Length}.", nameof(labels));
        var source = _images.Labels.Span;
        for (var lane = 0; lane < indices.Length; lane++)
        {
            // The kernel trusts the indices; this is where they are checked.
            var index = indices[lane];
            ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(indices));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, source.Length, nameof(indices));
            labels[lane] = source[index];
        }
    }

    private void CheckLength(ReadOnlySpan<int> indices, Span<float> features)
    {
        var needed = (long)_images.Features * Padded(indices.Length);
        if (features.Length < needed)
            throw new ArgumentException($"The batch takes {needed} floats, not {features.Length}.", nameof(features));
    }

    private void CheckAscending(ReadOnlySpan<int> wanted)
    {
        var previous = -1;
        foreach (var feature in wanted)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(feature, _images.Features, nameof(wanted));
            if (feature <= previous)
                throw new ArgumentException($"Feature {feature} follows {previous}.", nameof(wanted));
            previous = feature;
        }
    }
}

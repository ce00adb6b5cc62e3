using System.Text.Json.Serialization;

namespace Tombola.Data;

/// <summary>Says how a pixel becomes a feature: (pixel / 255 − mean) / deviation.</summary>
/// <remarks>
/// One mean and one deviation for all pixels, or one of each for every channel; it is part of what a recipe fixes.
/// </remarks>
public sealed record Normalisation
{
    /// <summary>The largest pixel, which the unit scale maps to 1.</summary>
    public const float LargestPixel = 255;

    private const int Values = 256;
    private const string UnitName = "unit";
    private const string StandardName = "standard";

    /// <summary>Creates a normalisation.</summary>
    /// <param name="mean">Subtracted, in units of the largest pixel.</param>
    /// <param name="deviation">Divided by, in units of the largest pixel; more than 0.</param>
    /// <exception cref="InputException">A number is not finite, or the deviation is not positive.</exception>
    public Normalisation(float mean, float deviation)
    {
        if (!float.IsFinite(mean) || !float.IsFinite(deviation) || deviation <= 0)
            throw new InputException(
                FormattableString.Invariant($"Pixels cannot be normalised by mean {mean} and deviation {deviation}; ")
                + "both must be finite and the deviation more than 0.");
        Mean = mean;
        Deviation = deviation;
    }

    // A recipe leaves out what is as in the unit scale.
    [JsonConstructor]
    private Normalisation(float mean = 0, float deviation = 1, IReadOnlyList<Normalisation>? channels = null)
        : this(mean, deviation) =>
        Channels = channels;

    /// <summary>Leaves pixels in [0, 1]: mean 0, deviation 1.</summary>
    public static Normalisation Unit { get; } = new(0, 1);

    /// <summary>The names <see cref="Named"/> understands.</summary>
    public static IReadOnlyList<string> Names { get; } = [UnitName, StandardName];

    /// <summary>The normalisation of each channel, or null where all pixels share the one of this object.</summary>
    /// <remarks>Where it is given, mean and deviation of this object itself are 0 and 1 and are not used.</remarks>
    public IReadOnlyList<Normalisation>? Channels { get; }

    /// <summary>The mean, in units of the largest pixel.</summary>
    public float Mean { get; }

    /// <summary>The standard deviation, in units of the largest pixel.</summary>
    public float Deviation { get; }

    /// <summary>The factor of a pixel: 1 / (255 · deviation).</summary>
    public float Scale => (float)(1.0 / ((double)LargestPixel * Deviation));

    /// <summary>What is added to the scaled pixel: −mean / deviation.</summary>
    public float Offset => (float)(-(double)Mean / Deviation);

    /// <summary>Itself or, where there are several, that of each channel.</summary>
    internal IReadOnlyList<Normalisation> Planes => Channels ?? [this];

    /// <summary>Normalises every channel by itself.</summary>
    /// <param name="channels">One for each channel, in order; none of them has channels of its own.</param>
    /// <exception cref="ArgumentException">There is none, or one has channels.</exception>
    public static Normalisation ByChannel(params ReadOnlySpan<Normalisation> channels)
    {
        if (channels.IsEmpty)
            throw new ArgumentException("Expected a normalisation for each channel.", nameof(channels));
        foreach (var channel in channels)
        {
            if (channel.Channels is not null)
                throw new ArgumentException("A channel has no channels of its own.", nameof(channels));
        }

        return new Normalisation(Unit.Mean, Unit.Deviation, channels.ToArray());
    }

    /// <summary>Turns the pixels of one example into inputs, in their order, with the bits that
    /// <see cref="BatchAssembler"/> computes.</summary>
    /// <param name="pixels">Channel by channel, each of the same length; any number where they share one.</param>
    /// <param name="inputs">Overwritten; at least as many, and left alone beyond that.</param>
    public void Apply(ReadOnlySpan<byte> pixels, Span<float> inputs)
    {
        var target = inputs[..pixels.Length];
        var planes = Planes;
        var plane = pixels.Length / planes.Count;
        for (var channel = 0; channel < planes.Count; channel++)
        {
            var (scale, offset) = (planes[channel].Scale, planes[channel].Offset);
            var end = channel == planes.Count - 1 ? pixels.Length : (channel + 1) * plane;
            for (var i = channel * plane; i < end; i++)
                target[i] = (scale * pixels[i]) + offset;
        }
    }

    /// <inheritdoc/>
    public bool Equals(Normalisation? other) =>
        other is not null
        && Mean.Equals(other.Mean)
        && Deviation.Equals(other.Deviation)
        && (Channels is null ? other.Channels is null : other.Channels?.SequenceEqual(Channels) == true);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        Channels is null ? HashCode.Combine(Mean, Deviation) : Channels.Aggregate(0, HashCode.Combine);

    /// <summary>Returns the normalisation a recipe names.</summary>
    /// <param name="name">
    /// <c>unit</c> for pixels in [0, 1]; <c>standard</c> for the numbers commonly used with the data set or, where it
    /// has none, those of its training examples.
    /// </param>
    /// <param name="data">The data set.</param>
    /// <exception cref="InputException">The name is another.</exception>
    public static Normalisation Named(string name, DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return name switch
        {
            UnitName => Unit,
            StandardName => DataSetRegistry.Find(data.Name)?.Standard ?? Of(data.Train),
            _ => throw InputException.UnknownName("normalisation", name, Names),
        };
    }

    /// <summary>Computes the mean and the standard deviation over all pixels of each channel of a set.</summary>
    /// <remarks>From a histogram in 64-bit integers, so it is exact but for the last roundings.</remarks>
    /// <param name="images">The set, usually the training examples; the pixels of no channel are all equal.</param>
    /// <returns>By channel where an example has several, otherwise one for all pixels.</returns>
    /// <exception cref="InputException">All pixels are equal, so that there is nothing to divide by.</exception>
    public static Normalisation Of(ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var planes = images.ExampleShape.Rank == 3 ? images.ExampleShape[0] : 1;
        var histograms = new long[planes * Values];
        var plane = images.Features / planes;
        for (var start = 0; start < images.Pixels.Length; start += plane)
        {
            var histogram = histograms.AsSpan(start / plane % planes * Values, Values);
            foreach (var pixel in images.Pixels.Span.Slice(start, plane))
                histogram[pixel]++;
        }

        var channels = new Normalisation[planes];
        for (var channel = 0; channel < planes; channel++)
            channels[channel] = Of(images.Name, histograms.AsSpan(channel * Values, Values));
        return planes == 1 ? channels[0] : ByChannel(channels);
    }

    private static Normalisation Of(string name, ReadOnlySpan<long> histogram)
    {
        long count = 0;
        double sum = 0, squares = 0;
        for (var pixel = 0; pixel < histogram.Length; pixel++)
        {
            count += histogram[pixel];
            sum += (double)histogram[pixel] * pixel;
            squares += (double)histogram[pixel] * pixel * pixel;
        }

        var mean = sum / Math.Max(1, count);
        var variance = Math.Max(0, (squares / Math.Max(1, count)) - (mean * mean));
        if (variance == 0)
            throw new InputException($"All pixels of '{name}' are equal, so they cannot be standardised.");
        return new Normalisation((float)(mean / LargestPixel), (float)(Math.Sqrt(variance) / LargestPixel));
    }
}

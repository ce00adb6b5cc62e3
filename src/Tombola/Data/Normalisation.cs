namespace Tombola.Data;

/// <summary>Says how a pixel becomes a feature: (pixel / 255 − mean) / deviation.</summary>
/// <remarks>One mean and one deviation for all pixels; it is part of what a recipe fixes.</remarks>
public sealed record Normalisation
{
    /// <summary>The largest pixel, which the unit scale maps to 1.</summary>
    public const float LargestPixel = 255;

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

    /// <summary>Leaves pixels in [0, 1]: mean 0, deviation 1.</summary>
    public static Normalisation Unit { get; } = new(0, 1);

    /// <summary>The names <see cref="Named"/> understands.</summary>
    public static IReadOnlyList<string> Names { get; } = [UnitName, StandardName];

    /// <summary>The mean, in units of the largest pixel.</summary>
    public float Mean { get; }

    /// <summary>The standard deviation, in units of the largest pixel.</summary>
    public float Deviation { get; }

    /// <summary>The factor of a pixel: 1 / (255 · deviation).</summary>
    public float Scale => (float)(1.0 / ((double)LargestPixel * Deviation));

    /// <summary>What is added to the scaled pixel: −mean / deviation.</summary>
    public float Offset => (float)(-(double)Mean / Deviation);

    /// <summary>Turns pixels into inputs, in their order, with the bits that <see cref="BatchAssembler"/> computes.
    /// </summary>
    /// <param name="pixels">Any number.</param>
    /// <param name="inputs">Overwritten; at least as many, and left alone beyond that.</param>
    public void Apply(ReadOnlySpan<byte> pixels, Span<float> inputs)
    {
        var (scale, offset) = (Scale, Offset);
        var target = inputs[..pixels.Length];
        for (var i = 0; i < pixels.Length; i++)
            target[i] = (scale * pixels[i]) + offset;
    }

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

    /// <summary>Computes the mean and the standard deviation over all pixels of a set.</summary>
    /// <remarks>From a histogram in 64-bit integers, so it is exact but for the last roundings.</remarks>
    /// <param name="images">The set, usually the training examples; its pixels are not all equal.</param>
    /// <exception cref="InputException">All pixels are equal, so that there is nothing to divide by.</exception>
    public static Normalisation Of(ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(images);
        Span<long> histogram = stackalloc long[256];
        foreach (var pixel in images.Pixels.Span)
            histogram[pixel]++;
        double sum = 0, squares = 0;
        for (var pixel = 0; pixel < histogram.Length; pixel++)
        {
            sum += (double)histogram[pixel] * pixel;
            squares += (double)histogram[pixel] * pixel * pixel;
        }

        var count = Math.Max(1, images.Pixels.Length);
        var mean = sum / count;
        var variance = Math.Max(0, (squares / count) - (mean * mean));
        if (variance == 0)
            throw new InputException($"All pixels of '{images.Name}' are equal, so they cannot be standardised.");
        return new Normalisation((float)(mean / LargestPixel), (float)(Math.Sqrt(variance) / LargestPixel));
    }
}

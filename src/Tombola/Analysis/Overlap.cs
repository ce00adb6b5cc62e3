using Tombola.Tensors;

namespace Tombola.Analysis;

/// <summary>How many survivors two masks share, and how many they would by chance.</summary>
/// <remarks>
/// By chance means that either mask keeps as many weights of each layer, drawn at random: the intersection is then
/// hypergeometric. Layers add up, for the whole network too: chance respects the density of each layer.
/// </remarks>
/// <param name="Weights">Weights that either mask covers.</param>
/// <param name="First">Survivors of the first mask.</param>
/// <param name="Second">Survivors of the second.</param>
/// <param name="Intersection">Weights that survive in both.</param>
/// <param name="Expected">The mean of the intersection by chance.</param>
/// <param name="Variance">Its variance.</param>
internal sealed record Overlap(
    long Weights, long First, long Second, long Intersection, double Expected, double Variance)
{
    /// <summary>Intersection over that by chance; null where chance expects none.</summary>
    internal double? Ratio => Expected > 0 ? Intersection / Expected : null;

    /// <summary>Intersection over union; null where neither mask has survivors.</summary>
    internal double? Jaccard => JaccardOf(Intersection);

    /// <summary>What Jaccard's index is if the intersection is that expected by chance.</summary>
    internal double? JaccardByChance => JaccardOf(Expected);

    /// <summary>By how many standard deviations the intersection exceeds chance; null where chance leaves no choice.
    /// </summary>
    internal double? Deviations => Variance > 0 ? (Intersection - Expected) / Math.Sqrt(Variance) : null;

    /// <summary>Compares two masks of one layer.</summary>
    /// <param name="first">A mask.</param>
    /// <param name="second">A mask of the same shape.</param>
    internal static Overlap Of(Mask first, Mask second)
    {
        var intersection = 0L;
        for (var i = 0; i < first.Survives.Length; i++)
            intersection += first.Survives[i] && second.Survives[i] ? 1 : 0;
        var (weights, a, b) = ((double)first.Shape.Count, (double)first.Survivors, (double)second.Survivors);
        var expected = weights == 0 ? 0 : a * b / weights;
        var variance = weights < 2 ? 0 : expected * (weights - a) * (weights - b) / (weights * (weights - 1));
        return new Overlap(first.Shape.Count, first.Survivors, second.Survivors, intersection, expected, variance);
    }

    /// <summary>Adds that of another layer, whose chance is independent.</summary>
    internal Overlap Plus(Overlap other) => new(
        Weights + other.Weights, First + other.First, Second + other.Second, Intersection + other.Intersection,
        Expected + other.Expected, Variance + other.Variance);

    private double? JaccardOf(double intersection) =>
        First + Second == 0 ? null : intersection / (First + Second - intersection);
}

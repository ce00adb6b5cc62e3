using Tombola.Tensors;

namespace Tombola.Analysis;

/// <summary>How far two settings of the same surviving weights lie apart: the sums behind L2 and angle.</summary>
/// <remarks>Accumulated in float64. Layers add up, for the whole network too.</remarks>
/// <param name="Weights">Surviving weights.</param>
/// <param name="SquaredDistance">Σ (a − b)².</param>
/// <param name="Product">Σ a · b.</param>
/// <param name="FirstSquares">Σ a².</param>
/// <param name="SecondSquares">Σ b².</param>
internal sealed record WeightDifference(
    long Weights, double SquaredDistance, double Product, double FirstSquares, double SecondSquares)
{
    /// <summary>The L2 distance.</summary>
    internal double Distance => Math.Sqrt(SquaredDistance);

    /// <summary>The angle between the two as vectors, in degrees, 0 to 180; null where one of them is zero.</summary>
    internal double? Angle => FirstSquares > 0 && SecondSquares > 0
        ? double.RadiansToDegrees(Math.Acos(Math.Clamp(Product / Math.Sqrt(FirstSquares * SecondSquares), -1, 1)))
        : null;

    /// <summary>Compares the weights of a layer where they survive.</summary>
    /// <param name="first">One setting, a.</param>
    /// <param name="second">The other, b; as many.</param>
    /// <param name="mask">Which weights count.</param>
    internal static WeightDifference Of(ReadOnlySpan<float> first, ReadOnlySpan<float> second, Mask mask)
    {
        var (squaredDistance, product, firstSquares, secondSquares) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < first.Length; i++)
        {
            if (!mask.Survives[i])
                continue;
            var (a, b) = ((double)first[i], (double)second[i]);
            squaredDistance += (a - b) * (a - b);
            product += a * b;
            firstSquares += a * a;
            secondSquares += b * b;
        }

        return new WeightDifference(mask.Survivors, squaredDistance, product, firstSquares, secondSquares);
    }

    /// <summary>Adds another layer.</summary>
    internal WeightDifference Plus(WeightDifference other) => new(
        Weights + other.Weights, SquaredDistance + other.SquaredDistance, Product + other.Product,
        FirstSquares + other.FirstSquares, SecondSquares + other.SecondSquares);
}

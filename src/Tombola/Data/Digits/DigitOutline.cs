using System.Collections.Immutable;
using System.Numerics;

namespace Tombola.Data.Digits;

/// <summary>Holds one way of writing a digit as short straight pieces in the unit square.</summary>
internal sealed class DigitOutline
{
    // About one and a half pixels a piece at the usual size of a digit.
    private const float PiecesPerUnit = 14;

    /// <summary>Draws smooth lines through the points of each curve and cuts them into pieces.</summary>
    /// <param name="curves">Each a list x, y, x, y, … of at least two points.</param>
    internal DigitOutline(float[][] curves)
    {
        var points = ImmutableArray.CreateBuilder<Vector2>();
        var starts = ImmutableArray.CreateBuilder<bool>();
        foreach (var curve in curves)
        {
            var path = Smooth(curve);
            points.AddRange(path);
            starts.AddRange(path.Select((_, index) => index == 0));
        }

        Points = points.ToImmutable();
        IsStart = starts.ToImmutable();
    }

    /// <summary>The points of all curves, one curve after the other.</summary>
    internal ImmutableArray<Vector2> Points { get; }

    /// <summary>Whether the pen was lifted before a point: no piece leads from its predecessor to it.</summary>
    internal ImmutableArray<bool> IsStart { get; }

    // A Catmull–Rom spline: each span is a cubic whose tangents are half the way between the neighbouring points.
    private static List<Vector2> Smooth(float[] curve)
    {
        var knots = Enumerable.Range(0, curve.Length / 2)
            .Select(knot => new Vector2(curve[2 * knot], curve[(2 * knot) + 1]))
            .ToArray();
        var path = new List<Vector2> { knots[0] };
        for (var span = 0; span + 1 < knots.Length; span++)
        {
            var (from, to) = (knots[span], knots[span + 1]);
            var startTangent = (to - knots[Math.Max(0, span - 1)]) / 2;
            var endTangent = (knots[Math.Min(knots.Length - 1, span + 2)] - from) / 2;
            var pieces = Math.Max(2, (int)MathF.Ceiling(PiecesPerUnit * Distance(from, to)));
            for (var piece = 1; piece <= pieces; piece++)
                path.Add(Cubic(from, startTangent, to, endTangent, piece / (float)pieces));
        }

        return path;
    }

    private static float Distance(Vector2 from, Vector2 to)
    {
        var way = to - from;
        return MathF.Sqrt((way.X * way.X) + (way.Y * way.Y));
    }

    private static Vector2 Cubic(Vector2 from, Vector2 startTangent, Vector2 to, Vector2 endTangent, float t)
    {
        var rest = 1 - t;
        return (from * (rest * rest * (1 + (2 * t))))
            + (startTangent * (t * rest * rest))
            + (to * (t * t * (3 - (2 * t))))
            - (endTangent * (t * t * rest));
    }
}

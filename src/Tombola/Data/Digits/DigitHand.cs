using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tombola.Data.Digits;

/// <summary>Places an outline in an image as a hand does once: with its size, slant, place and unevenness.</summary>
/// <remarks>
/// A random affine map after a random smooth deformation, a Bézier patch of 4 × 4 nodes over the unit square whose
/// displacements are independent.
/// </remarks>
internal struct DigitHand
{
    private const int GridSide = 4;
    private const float GridDeviation = 0.16f;
    private const float TurnDeviation = 0.11f;
    private const float SlantDeviation = 0.22f;
    private const float Height = 19;
    private const float HeightDeviation = 1.7f;
    private const float Breadth = 0.8f;
    private const float BreadthDeviation = 0.11f;
    private const float PlaceDeviation = 1.1f;

    private readonly Vector2 _right;
    private readonly Vector2 _down;
    private readonly Vector2 _centre;
    private Grid _grid;

    /// <summary>Draws a hand at random.</summary>
    /// <param name="draws">The numbers of the drawing, of which it takes 152.</param>
    internal DigitHand(ref RandomDraws draws)
    {
        // Cosine and sine from the tangent of half the angle: the same bits everywhere, unlike the library's functions.
        var half = draws.Bell(0, TurnDeviation / 2);
        var cosine = (1 - (half * half)) / (1 + (half * half));
        var sine = 2 * half / (1 + (half * half));
        var slant = draws.Bell(0, SlantDeviation);
        var height = draws.Bell(Height, HeightDeviation);
        var width = height * draws.Bell(Breadth, BreadthDeviation);
        _right = width * new Vector2(cosine, sine);
        _down = height * new Vector2(-sine - (slant * cosine), cosine - (slant * sine));
        _centre = new Vector2(
            draws.Bell(DigitDrawing.Side / 2f, PlaceDeviation), draws.Bell(DigitDrawing.Side / 2f, PlaceDeviation));
        for (var node = 0; node < GridSide * GridSide; node++)
            _grid[node] = new Vector2(draws.Bell(0, GridDeviation), draws.Bell(0, GridDeviation));
    }

    /// <summary>Maps a point of the unit square into the image.</summary>
    /// <param name="point">A point of an outline.</param>
    /// <returns>Its place in pixels, possibly outside the image.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal readonly Vector2 Place(Vector2 point)
    {
        var moved = point + Displacement(point) - new Vector2(0.5f);
        return _centre + (moved.X * _right) + (moved.Y * _down);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly Vector2 Displacement(Vector2 point)
    {
        var (across, along) = (Bernstein(point.X), Bernstein(point.Y));
        var sum = Vector2.Zero;
        for (var row = 0; row < GridSide; row++)
        {
            var line = Vector2.Zero;
            for (var column = 0; column < GridSide; column++)
                line += across[column] * _grid[(row * GridSide) + column];
            sum += along[row] * line;
        }

        return sum;
    }

    /// <summary>Computes the four Bernstein polynomials of degree 3.</summary>
    private static Vector4 Bernstein(float t)
    {
        var rest = 1 - t;
        return new Vector4(rest * rest * rest, 3 * t * rest * rest, 3 * t * t * rest, t * t * t);
    }

    [InlineArray(GridSide * GridSide)]
    private struct Grid
    {
        private Vector2 _first;
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tombola.Data.Digits;

/// <summary>Draws strokes into an image of 28 × 28 pixels.</summary>
internal readonly ref struct DigitDrawing
{
    /// <summary>Height and width in pixels.</summary>
    internal const int Side = 28;

    /// <summary>Number of pixels.</summary>
    internal const int Pixels = Side * Side;

    // Width of the soft edge in pixels; ink ends half of it outside the stroke.
    private const float Edge = 1.3f;
    private const float ShortestSquared = 1e-6f;

    // How far each pixel's centre is outside the strokes; negative within.
    private readonly Span<float> _outside;

    /// <summary>Starts an empty image.</summary>
    /// <param name="room"><see cref="Pixels"/> floats, overwritten; belong to this object while it is used.</param>
    internal DigitDrawing(Span<float> room)
    {
        _outside = room;
        _outside.Fill(Side);
    }

    /// <summary>Adds a straight piece of a stroke, with round ends.</summary>
    /// <param name="from">Where it begins, in pixels.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="radius">Half the pen's width.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal void Add(Vector2 from, Vector2 to, float radius)
    {
        var reach = new Vector2(radius + Edge);
        var limit = new Vector2(Side - 1);
        var low = Vector2.Clamp(Vector2.Min(from, to) - reach, Vector2.Zero, limit);
        var high = Vector2.Clamp(Vector2.Max(from, to) + reach, Vector2.Zero, limit);
        var way = to - from;
        var inverse = 1 / Math.Max(ShortestSquared, (way.X * way.X) + (way.Y * way.Y));
        for (var y = (int)low.Y; y <= (int)high.Y; y++)
        {
            var row = _outside.Slice(y * Side, Side);
            for (var x = (int)low.X; x <= (int)high.X; x++)
            {
                var (dx, dy) = (x - from.X, y - from.Y);
                var along = Math.Clamp(((dx * way.X) + (dy * way.Y)) * inverse, 0, 1);
                dx -= along * way.X;
                dy -= along * way.Y;
                row[x] = Math.Min(row[x], MathF.Sqrt((dx * dx) + (dy * dy)) - radius);
            }
        }
    }

    /// <summary>Turns the strokes into grey levels.</summary>
    /// <param name="pen">The ink.</param>
    /// <param name="noise">For each pixel a number in [0, 1).</param>
    /// <param name="image">Receives <see cref="Pixels"/> bytes, row by row; 255 is full ink.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal void Develop(DigitPen pen, ReadOnlySpan<float> noise, Span<byte> image)
    {
        for (var pixel = 0; pixel < Pixels; pixel++)
        {
            var ink = pen.Pressure * Math.Clamp(0.5f - (_outside[pixel] / Edge), 0, 1);
            var level = Math.Clamp(ink + (pen.Grain * noise[pixel]), 0, 1);
            image[pixel] = (byte)((level * byte.MaxValue) + 0.5f);
        }
    }
}

using System.Numerics;
using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Data.Digits;

/// <summary>Draws the examples of <c>digits</c>: each a function of its number alone.</summary>
/// <remarks>
/// The bytes are the same on every machine: only additions, multiplications, divisions and square roots in float32 are
/// used, which IEEE 754 fixes to the last bit and .NET does not fuse. The set has been released as it is; whoever
/// changes how it is drawn gives it another name. The inner loops are optimised from their first call on, as the set is
/// usually drawn once, right after the start.
/// </remarks>
internal static class DigitsGenerator
{
    private const string Purpose = "digits";
    private const int Classes = 10;

    // More than a drawing takes before its noise, which begins behind them.
    private const int Choices = 192;

    private static readonly Seed Seed = new(1);

    /// <summary>Draws some of the examples, on all cores.</summary>
    /// <param name="name">What the resulting set is called.</param>
    /// <param name="first">The number of its first example.</param>
    /// <param name="count">How many.</param>
    /// <returns>Images of [28, 28]; the classes are equally likely.</returns>
    internal static ImageSet Draw(string name, int first, int count)
    {
        var pixels = GC.AllocateUninitializedArray<byte>(count * DigitDrawing.Pixels);
        var labels = new byte[count];
        var stream = new RandomStream(Seed, Purpose);
        Parallel.For(0, count, example => labels[example] = DrawOne(
            stream.At(first + example), pixels.AsSpan(example * DigitDrawing.Pixels, DigitDrawing.Pixels)));
        return new ImageSet(name, new Shape(DigitDrawing.Side, DigitDrawing.Side), Classes, pixels, labels);
    }

    /// <summary>Draws one example.</summary>
    /// <returns>Its label.</returns>
    private static byte DrawOne(RandomStream stream, Span<byte> image)
    {
        Span<float> numbers = stackalloc float[Choices + DigitDrawing.Pixels];
        stream.FillUniform(numbers, 0, 1);
        var draws = new RandomDraws(numbers[..Choices]);
        var digit = draws.Below(Classes);
        var ways = DigitSkeletons.Ways(digit);
        var outline = ways[draws.Below(ways.Length)];
        var hand = new DigitHand(ref draws);
        var pen = DigitPen.Choose(ref draws);

        var drawing = new DigitDrawing(stackalloc float[DigitDrawing.Pixels]);
        var previous = Vector2.Zero;
        for (var index = 0; index < outline.Points.Length; index++)
        {
            var point = outline.Points[index];
            var place = hand.Place(point);
            if (!outline.IsStart[index])
                drawing.Add(previous, place, pen.RadiusAt(point.Y));
            previous = place;
        }

        drawing.Develop(pen, numbers[Choices..], image);
        return (byte)digit;
    }
}

using FsCheck;
using FsCheck.Fluent;
using Tombola.Data.Augmentations;
using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Tests.Data.Augmentations;

/// <summary>Holds the augmentation to its definition: mirror, pad, crop, pixel by pixel.</summary>
public sealed class FlipCropTests
{
    private const int Padding = 4;

    [Fact]
    public void What_is_shown_is_a_crop_of_the_padded_picture() =>
        Prop.ForAll<int>(seed =>
        {
            var stream = new RandomStream(new Seed((ulong)seed), "test/crop");
            var (channels, height, width) = (1 + stream.Below(3, 0), 1 + stream.Below(12, 1), 1 + stream.Below(12, 2));
            var shape = channels == 1 ? new Shape(height, width) : new Shape(channels, height, width);
            var pixels = Images.Random(1, shape, seed: seed).Pixels.Span;
            var (isMirrored, down, right) = (stream.Below(2, 3) == 1, stream.Below(9, 4) - 4, stream.Below(9, 5) - 4);
            var shown = new byte[pixels.Length];
            var area = FlipCrop.Show(pixels, shape, isMirrored, down, right, shown);
            for (var feature = 0; feature < pixels.Length; feature++)
            {
                var (channel, row, column) =
                    (feature / (height * width), feature / width % height, feature % width);
                var isShown = row >= area.Top && row < area.Bottom && column >= area.Left && column < area.Right;
                var expected = Padded(
                    pixels.Slice(channel * height * width, height * width), width, isMirrored,
                    row + Padding - down, column + Padding - right);
                isShown.ShouldBe(expected is not null);
                if (expected is { } pixel)
                    shown[feature].ShouldBe(pixel);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_crop_is_equally_likely_mirrored_or_not()
    {
        const int each = 100;
        var shape = new Shape(32, 32);
        var counts = new Dictionary<(PixelArea, byte), int>();
        var (pixels, shown) = (new byte[1024], new byte[1024]);
        for (var row = 0; row < 32; row++)
            pixels.AsSpan(row * 32, 16).Fill(1); // The left half is bright.
        var stream = new RandomStream(new Seed(5), "test");
        for (var draw = 0; draw < 2 * 81 * each; draw++)
        {
            var area = new FlipCrop().Apply(pixels, shape, stream.At(draw), shown);
            var key = (area, shown[(16 * 32) + 8]);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        // A shift up and one down leave areas of their own; 162 outcomes, five deviations of a Poisson count allowed.
        counts.Count.ShouldBe(162);
        counts.Values.ShouldAllBe(count => Math.Abs(count - each) < 50);
    }

    // The pixel of the mirrored and padded picture, or null where it is padding.
    private static byte? Padded(ReadOnlySpan<byte> plane, int width, bool isMirrored, int row, int column)
    {
        var (y, x) = (row - Padding, column - Padding);
        if (y < 0 || y >= plane.Length / width || x < 0 || x >= width)
            return null;
        return plane[(y * width) + (isMirrored ? width - 1 - x : x)];
    }
}

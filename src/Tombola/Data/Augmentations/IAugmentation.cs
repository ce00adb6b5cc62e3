using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Data.Augmentations;

/// <summary>Changes training examples at random, so that no epoch shows the same pictures again.</summary>
/// <remarks>Implementations are stateless, listed in <see cref="AugmentationRegistry"/>, and used from any thread.
/// </remarks>
public interface IAugmentation
{
    /// <summary>Writes an example as it is shown once.</summary>
    /// <param name="pixels">The example: channel by channel, row by row.</param>
    /// <param name="shape">Its shape: <c>[height, width]</c> or <c>[channels, height, width]</c>.</param>
    /// <param name="random">The random numbers of this example in this epoch; all positions are free.</param>
    /// <param name="shown">
    /// Receives as many pixels. They are written within the returned area of every channel; the others may be left.
    /// </param>
    /// <returns>The area that shows the example. Beyond it inputs are 0, whatever the normalisation.</returns>
    PixelArea Apply(ReadOnlySpan<byte> pixels, Shape shape, RandomStream random, Span<byte> shown);
}

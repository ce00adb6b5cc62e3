namespace Tombola.Numerics.Images;

/// <summary>Turns 16 bytes into 16 floats at one vector width; the kernel is written once over this.</summary>
/// <remarks>
/// Every width computes <c>scale · pixel + offset</c> with a rounding after the product and one after the sum, never
/// fused, so that the bits do not depend on the machine.
/// </remarks>
internal unsafe interface IPixelLanes
{
    /// <summary>Writes 16 floats.</summary>
    /// <param name="pixels">16 bytes.</param>
    /// <param name="scale">16 factors.</param>
    /// <param name="offset">16 summands.</param>
    /// <param name="target">Receives 16 floats; need not be aligned.</param>
    static abstract void Write(byte* pixels, float* scale, float* offset, float* target);
}

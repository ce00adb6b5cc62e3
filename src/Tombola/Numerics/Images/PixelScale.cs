namespace Tombola.Numerics.Images;

/// <summary>How the pixels of a channel become floats: <c>factor · pixel + summand</c>.</summary>
/// <param name="Factor">Of a pixel.</param>
/// <param name="Summand">Added to the product.</param>
internal readonly record struct PixelScale(float Factor, float Summand);

namespace Tombola.Data.Augmentations;

/// <summary>A rectangle of every channel of an image.</summary>
/// <param name="Top">The first row, from 0.</param>
/// <param name="Bottom">The row after the last; equal to the first where the area is empty.</param>
/// <param name="Left">The first column, from 0.</param>
/// <param name="Right">The column after the last; equal to the first where the area is empty.</param>
public readonly record struct PixelArea(int Top, int Bottom, int Left, int Right);

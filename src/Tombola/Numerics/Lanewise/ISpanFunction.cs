namespace Tombola.Numerics.Lanewise;

/// <summary>A function of one number, computed for a span at a time; see <see cref="Elementwise"/>.</summary>
internal interface ISpanFunction
{
    /// <summary>Computes <c>y = f(x)</c> for each element.</summary>
    /// <param name="x">A multiple of 16 elements.</param>
    /// <param name="y">As many, overwritten.</param>
    static abstract void Apply(ReadOnlySpan<float> x, Span<float> y);
}

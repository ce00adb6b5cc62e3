namespace Tombola.Analysis;

/// <summary>Equal bins of a histogram over a range.</summary>
/// <param name="From">The lower edge of the first.</param>
/// <param name="To">The upper edge of the last; not below <paramref name="From"/>.</param>
/// <param name="Count">How many, one or more.</param>
internal readonly record struct Bins(double From, double To, int Count)
{
    /// <summary>Returns the bin of a value; a bin includes its lower edge, and the last one both.</summary>
    /// <param name="value">Where it is outside of the range, the bin nearest to it takes it.</param>
    internal int IndexOf(double value) =>
        To == From ? 0 : (int)Math.Clamp(Math.Floor((value - From) * Count / (To - From)), 0, Count - 1);

    /// <summary>Returns the lower edge of a bin; that of bin <see cref="Count"/> ends the range.</summary>
    internal double Edge(int bin) => From + ((To - From) * bin / Count);
}

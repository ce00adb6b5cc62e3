namespace Tombola.Analysis;

/// <summary>Reads quantiles off sorted values, between two neighbours in proportion.</summary>
/// <param name="values">Any order; at least one.</param>
internal sealed class Quantiles(IEnumerable<int> values)
{
    private readonly int[] _sorted = [.. values.Order()];

    /// <summary>Returns the quantile of a fraction: 0 the least value, 0.5 the median, 1 the largest.</summary>
    internal double At(double fraction)
    {
        var position = fraction * (_sorted.Length - 1);
        var (below, above) = (_sorted[(int)Math.Floor(position)], _sorted[(int)Math.Ceiling(position)]);
        return below + ((above - below) * (position - Math.Floor(position)));
    }
}

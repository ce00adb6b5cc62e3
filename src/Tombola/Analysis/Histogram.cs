namespace Tombola.Analysis;

/// <summary>Counts values by bins.</summary>
/// <param name="bins">The bins.</param>
internal sealed class Histogram(Bins bins)
{
    private readonly long[] _counts = new long[bins.Count];

    /// <summary>The number of values counted.</summary>
    internal long Total { get; private set; }

    /// <summary>Counts a value.</summary>
    internal void Add(double value)
    {
        _counts[bins.IndexOf(value)]++;
        Total++;
    }

    /// <summary>Lists the bins: their edges, their counts, and these as a fraction of all values.</summary>
    internal IEnumerable<(double From, double To, long Count, double Share)> Read()
    {
        for (var bin = 0; bin < bins.Count; bin++)
        {
            var share = Total == 0 ? 0 : (double)_counts[bin] / Total;
            yield return (bins.Edge(bin), bins.Edge(bin + 1), _counts[bin], share);
        }
    }
}

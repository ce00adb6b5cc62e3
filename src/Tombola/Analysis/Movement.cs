namespace Tombola.Analysis;

/// <summary>Accumulates how a group of weights moved between two moments of training.</summary>
/// <param name="farthest">The largest distance that is expected; histograms end there.</param>
/// <param name="bins">Bins of each histogram.</param>
internal sealed class Movement(double farthest, int bins)
{
    private readonly Histogram _distance = new(new Bins(0, farthest, bins));
    private readonly Histogram _outward = new(new Bins(-farthest, farthest, bins));
    private double _distances, _initialMagnitudes, _finalMagnitudes;
    private long _away, _changedSign;

    /// <summary>Returns the largest |final − initial|.</summary>
    internal static double Farthest(ReadOnlySpan<float> initial, ReadOnlySpan<float> final)
    {
        var farthest = 0.0;
        for (var i = 0; i < initial.Length; i++)
            farthest = Math.Max(farthest, Math.Abs((double)final[i] - initial[i]));
        return farthest;
    }

    /// <summary>Adds the weights of one network that are in the group.</summary>
    /// <param name="initial">The values before.</param>
    /// <param name="final">The values after; as many.</param>
    /// <param name="survives">Which weights are in the ticket; as many.</param>
    /// <param name="wanted">Whether the group is that of the ticket (true) or the rest (false).</param>
    internal void Add(
        ReadOnlySpan<float> initial, ReadOnlySpan<float> final, ReadOnlySpan<bool> survives, bool wanted)
    {
        for (var i = 0; i < initial.Length; i++)
        {
            if (survives[i] == wanted)
                Add(initial[i], final[i]);
        }
    }

    /// <summary>Describes the group; means are null where it is empty.</summary>
    internal DistanceStatistics Describe(LevelGroup level, string layer, string group)
    {
        var weights = _distance.Total;
        return new DistanceStatistics(
            level.Experiment, level.Level, level.Density, layer, group, weights, PerWeight(_distances),
            PerWeight(_initialMagnitudes), PerWeight(_finalMagnitudes), PerWeight(_away), PerWeight(_changedSign));

        double? PerWeight(double sum) => weights == 0 ? null : sum / weights;
    }

    /// <summary>Lists the bins of both measures.</summary>
    internal IEnumerable<DistanceBin> ReadBins(LevelGroup level, string layer, string group)
    {
        (string Measure, Histogram Histogram)[] histograms =
            [(DistanceMoved.Distance, _distance), (DistanceMoved.AwayFromZero, _outward)];
        return histograms.SelectMany(measured => measured.Histogram.Read().Select(bin => new DistanceBin(
            level.Experiment, level.Level, level.Density, layer, group, measured.Measure, bin.From, bin.To, bin.Count,
            bin.Share)));
    }

    private void Add(double initial, double final)
    {
        var outward = Math.Abs(final) - Math.Abs(initial);
        _distance.Add(Math.Abs(final - initial));
        _outward.Add(outward);
        _distances += Math.Abs(final - initial);
        _initialMagnitudes += Math.Abs(initial);
        _finalMagnitudes += Math.Abs(final);
        _away += outward > 0 ? 1 : 0;
        _changedSign += initial * final < 0 ? 1 : 0;
    }
}

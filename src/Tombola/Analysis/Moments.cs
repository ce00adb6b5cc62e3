namespace Tombola.Analysis;

/// <summary>Accumulates the moments of values, up to the fourth, in float64.</summary>
/// <remarks>From sums of powers, which is exact enough for weights: they lie around zero.</remarks>
internal sealed class Moments
{
    private double _sum, _squares, _cubes, _fourths, _magnitudes;
    private long _positive;

    /// <summary>The number of values.</summary>
    internal long Count { get; private set; }

    /// <summary>The arithmetic mean; NaN without values, as all below.</summary>
    internal double Mean => _sum / Count;

    /// <summary>The mean of absolute values.</summary>
    internal double MeanMagnitude => _magnitudes / Count;

    /// <summary>The fraction of values above zero.</summary>
    internal double PositiveShare => (double)_positive / Count;

    /// <summary>The standard deviation of the values themselves, not an estimate for more of them.</summary>
    internal double Deviation => Math.Sqrt(Math.Max(0, Central2));

    /// <summary>
    /// Sarle's coefficient (skewness² + 1) / kurtosis: 1/3 for a normal distribution, 5/9 for a uniform one, 1 for two
    /// points.
    /// </summary>
    internal double Bimodality
    {
        get
        {
            var (mean, variance) = (Mean, Central2);
            var third = (_cubes / Count) - (3 * mean * _squares / Count) + (2 * mean * mean * mean);
            var fourth = (_fourths / Count) - (4 * mean * _cubes / Count) + (6 * mean * mean * _squares / Count)
                - (3 * mean * mean * mean * mean);
            return ((third * third / variance) + (variance * variance)) / fourth;
        }
    }

    private double Central2 => (_squares / Count) - (Mean * Mean);

    /// <summary>Adds a value.</summary>
    internal void Add(double value)
    {
        Count++;
        _sum += value;
        _squares += value * value;
        _cubes += value * value * value;
        _fourths += value * value * value * value;
        _magnitudes += Math.Abs(value);
        _positive += value > 0 ? 1 : 0;
    }
}

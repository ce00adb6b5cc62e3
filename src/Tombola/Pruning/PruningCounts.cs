namespace Tombola.Pruning;

/// <summary>The arithmetic of pruning: how many weights go.</summary>
public static class PruningCounts
{
    /// <summary>
    /// Returns how many of n survivors a round removes: <c>round(rate × n)</c>, midpoints away from zero.
    /// </summary>
    /// <param name="survivors">Weights that survive so far, zero or more.</param>
    /// <param name="rate">Fraction to remove, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public static int Removed(int survivors, double rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(survivors);
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, 1);
        return (int)Math.Round(rate * survivors, MidpointRounding.AwayFromZero);
    }

    /// <summary>Returns how many of n weights survive a number of rounds at one rate.</summary>
    /// <param name="weights">Weights before the first round.</param>
    /// <param name="rate">Fraction that each round removes of what is left, 0 to 1.</param>
    /// <param name="rounds">Zero or more.</param>
    public static int Survivors(int weights, double rate, int rounds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rounds);
        for (var round = 0; round < rounds; round++)
            weights -= Removed(weights, rate);
        return weights;
    }
}

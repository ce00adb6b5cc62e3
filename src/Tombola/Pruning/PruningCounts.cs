namespace Tombola.Pruning;

/// <summary>The arithmetic of pruning: how many weights go.</summary>
public static class PruningCounts
{
    /// <summary>
    /// Returns how many of n survivors a round removes: <c>round(rate × n)</c>, midpoints away from zero.
    /// </summary>
    /// <remarks>
    /// Multiplied in decimal, so that a midpoint is one as written: 0.29 of 50 is 14.5 and removes 15, although the
    /// binary number nearest 0.29 lies below it.
    /// </remarks>
    /// <param name="survivors">Weights that survive so far, zero or more.</param>
    /// <param name="rate">Fraction to remove, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public static int Removed(int survivors, double rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(survivors);
        if (rate is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate lies between 0 and 1.");
        return (int)Math.Round((decimal)rate * survivors, MidpointRounding.AwayFromZero);
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

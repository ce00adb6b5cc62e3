namespace Tombola.Tickets;

/// <summary>How many of a number of trials succeeded, with what that says about the rate behind them.</summary>
/// <param name="Successes">Trials that succeeded.</param>
/// <param name="Trials">All trials, one or more.</param>
/// <param name="Rate">Their quotient, a fraction.</param>
/// <param name="Low">The lower end of the rate's 95 % confidence interval.</param>
/// <param name="High">The upper end.</param>
public sealed record Proportion(int Successes, int Trials, double Rate, double Low, double High)
{
    // The 97.5 % quantile of the standard normal distribution.
    private const double Quantile = 1.959963984540054;

    /// <summary>Computes the rate and its interval.</summary>
    /// <remarks>
    /// Wilson 1927: the rates p with <c>|p̂ − p| ≤ z √(p (1 − p) / n)</c>. Unlike p̂ ± its deviation, it stays within 0
    /// and 1 and keeps a width where all trials or none succeed.
    /// </remarks>
    /// <param name="successes">From none to all.</param>
    /// <param name="trials">One or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no trials, or other than 0 to all succeeded.</exception>
    public static Proportion Of(int successes, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        var rate = (double)successes / trials;
        var spread = Quantile * Quantile / trials;
        var center = (rate + (spread / 2)) / (1 + spread);
        var reach = Math.Sqrt((rate * (1 - rate) * spread) + (spread * spread / 4)) / (1 + spread);
        // At the ends of the range the interval ends there too, but for rounding.
        return new Proportion(
            successes, trials, rate, successes == 0 ? 0 : center - reach, successes == trials ? 1 : center + reach);
    }
}

namespace Tombola.Tickets;

/// <summary>Mean, minimum and maximum over trials, as the papers' error bars show them.</summary>
/// <param name="Mean">The arithmetic mean.</param>
/// <param name="Min">The least value.</param>
/// <param name="Max">The largest value.</param>
public sealed record Spread(double Mean, double Min, double Max)
{
    /// <summary>Summarises values.</summary>
    /// <param name="values">Any number.</param>
    /// <returns>Null where there are none.</returns>
    public static Spread? Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return all.Length == 0 ? null : new Spread(all.Average(), all.Min(), all.Max());
    }
}

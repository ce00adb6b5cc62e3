namespace Tombola.Pruning.Units;

/// <summary>Chooses the units of a layer that stay.</summary>
internal static class UnitPruner
{
    /// <summary>Keeps the units of highest score.</summary>
    /// <remarks>
    /// Of equal scores the first in position goes first, as for weights (<see cref="Pruner"/>); a score that is not a
    /// number counts as the lowest.
    /// </remarks>
    /// <param name="scores">One a unit.</param>
    /// <param name="keep">How many units stay, zero up to all.</param>
    /// <returns>Their positions, ascending.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer units than are to stay.</exception>
    internal static int[] Keep(IReadOnlyList<double> scores, int keep)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(keep);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keep, scores.Count);
        // The sort is stable, and orders NaN before all numbers.
        return [.. Enumerable.Range(0, scores.Count).OrderBy(unit => scores[unit]).Skip(scores.Count - keep).Order()];
    }
}

namespace Tombola.Tickets;

/// <summary>Estimates how long trainings take, from the pace of the dense network and of the sparsest.</summary>
/// <remarks>
/// Levels between the two are reckoned by what their layers cost against the dense network: as much above the
/// density at which weights are compressed, and below it in proportion to the survivors.
/// </remarks>
/// <param name="Dense">The pace of the dense network.</param>
/// <param name="Sparsest">The pace at the last level.</param>
/// <param name="Costs">What each level's layers cost, as a fraction of the dense network's; from level 0 on.</param>
public sealed record TimeEstimate(TrainingPace Dense, TrainingPace Sparsest, IReadOnlyList<double> Costs)
{
    /// <summary>Returns the pace of a level.</summary>
    /// <param name="level">From 0; one of <see cref="Costs"/>.</param>
    public TrainingPace At(int level)
    {
        var saved = 1 - Costs[^1];
        return saved <= 0 ? Dense : Dense.Towards(Sparsest, (1 - Costs[level]) / saved);
    }

    /// <summary>Reckons what the layers of each level cost.</summary>
    /// <param name="layers">The prunable layers.</param>
    /// <param name="densities">For each level the fraction of each layer's weights that remains.</param>
    /// <param name="compressBelow">The density at and below which a layer is compressed; missing where never.</param>
    /// <returns>Fractions of the dense network's cost, level by level.</returns>
    internal static IReadOnlyList<double> CostsOf(
        IReadOnlyList<PrunableLayer> layers, IEnumerable<IReadOnlyList<double>> densities,
        IReadOnlyDictionary<string, double> compressBelow)
    {
        double MultiplyAdds(PrunableLayer layer) => (double)layer.Shape.Count * layer.Positions;
        double Cost(PrunableLayer layer, double density) =>
            compressBelow.TryGetValue(layer.Name, out var limit) && density <= limit
                ? Training.BreakEven.ClearWin * density / limit
                : 1;
        var whole = layers.Sum(MultiplyAdds);
        return
        [
            .. densities.Select(
                level => layers.Select((layer, i) => MultiplyAdds(layer) * Cost(layer, level[i])).Sum() / whole),
        ];
    }

    /// <summary>Adds trainings up to the wall time of all of them.</summary>
    /// <param name="trainings">Seconds of each, and the chain in which it waits for those before it.</param>
    /// <param name="atATime">How many run at a time, each on cores of its own.</param>
    /// <returns>The work spread over what runs at a time, or the longest chain where that takes longer.</returns>
    internal static double WallSeconds<TChain>(
        IReadOnlyCollection<(TChain Chain, double Seconds)> trainings, int atATime)
    {
        var longest = trainings.GroupBy(training => training.Chain)
            .Select(chain => chain.Sum(training => training.Seconds)).DefaultIfEmpty().Max();
        return Math.Max(longest, trainings.Sum(training => training.Seconds) / atATime);
    }
}

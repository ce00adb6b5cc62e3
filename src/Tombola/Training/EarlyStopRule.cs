using System.Collections.Frozen;

namespace Tombola.Training;

/// <summary>The rules that say which evaluation of a training counts as its early stop.</summary>
/// <remarks>
/// Training always runs its whole budget; the rule is read off the curve. A rule sees the curve up to an evaluation and
/// the stop so far, and says whether the evaluation takes its place.
/// </remarks>
public static class EarlyStopRule
{
    private const int PlateauSteps = 1_000;
    private const double PlateauChange = 0.002;

    private static readonly FrozenDictionary<string, Entry> Table = new Dictionary<string, Entry>
    {
        ["accuracy-plateau"] = new(
            "test accuracy's mean over 1,000 steps changed by less than 0.2 points for 1,000 (Frankle and Carbin 2018)",
            (curve, stop) => stop is null || !Plateaued(curve, stop.Step)),
        ["validation-loss"] = new(
            "least validation loss, the first of equals (Frankle and Carbin 2019)",
            (curve, stop) => stop is null || curve[^1].ValidationLoss < stop.ValidationLoss),
    }.ToFrozenDictionary();

    /// <summary>The names, in alphabetical order, with a line of description each.</summary>
    public static IReadOnlyList<(string Name, string Description)> All { get; } =
        [.. Table.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value.Description))];

    /// <summary>Checks a name.</summary>
    /// <param name="name">As in <see cref="All"/>.</param>
    /// <exception cref="InputException">There is no rule of that name.</exception>
    public static void Validate(string name) => _ = Find(name);

    /// <summary>Tells whether the newest evaluation becomes the early stop.</summary>
    /// <param name="name">As in <see cref="All"/>.</param>
    /// <param name="curve">The evaluations so far, one or more; the last is the newest.</param>
    /// <param name="stop">The early stop so far; null at the first evaluation.</param>
    /// <exception cref="InputException">There is no rule of that name.</exception>
    internal static bool Accepts(string name, IReadOnlyList<CurvePoint> curve, CurvePoint? stop) =>
        Find(name).Accepts(curve, stop);

    private static Entry Find(string name) =>
        Table.TryGetValue(name, out var entry)
            ? entry
            : throw InputException.UnknownName("early-stop rule", name, Table.Keys.Order(StringComparer.Ordinal));

    /// <summary>Tells whether a training had converged at an evaluation of its curve.</summary>
    /// <remarks>
    /// Until it has, the stop moves on to the newest evaluation; a training that never does stops last.
    /// </remarks>
    private static bool Plateaued(IReadOnlyList<CurvePoint> curve, long step)
    {
        CurvePoint[] seen = [.. curve.Where(point => point.Step <= step && point.Step > step - (2 * PlateauSteps))];
        if (curve[0].Step > step - (2 * PlateauSteps))
            return false;
        double[] means =
        [
            .. seen.Where(point => point.Step >= step - PlateauSteps).Select(point => seen
                .Where(other => other.Step <= point.Step && other.Step > point.Step - PlateauSteps)
                .Average(other => other.TestAccuracy)),
        ];
        return means.Max() - means.Min() < PlateauChange;
    }

    private sealed record Entry(string Description, Func<IReadOnlyList<CurvePoint>, CurvePoint?, bool> Accepts);
}

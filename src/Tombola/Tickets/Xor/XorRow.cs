namespace Tombola.Tickets.Xor;

/// <summary>How the networks of one strategy and size ended: a row of <c>results.csv</c>.</summary>
/// <param name="Strategy">How units were pruned, for example <c>iterative-product</c>; <c>unpruned</c> for not.</param>
/// <param name="Hidden">Hidden units at first.</param>
/// <param name="Units">Hidden units left.</param>
/// <param name="DecisionBoundary">
/// Networks with every point on its side of p = 0.5, ties within the tolerance allowed; null where they were not run.
/// </param>
/// <param name="DecisionBoundaryStrict">The same with no ties allowed.</param>
/// <param name="ZeroLoss">Networks whose loss is below what counts as zero.</param>
/// <param name="MeanLoss">The mean cross-entropy over networks and points, in nats.</param>
/// <param name="Published">What Frankle and Carbin 2018 give; null where they give nothing.</param>
/// <param name="Status"><c>completed</c>, or why it was not run.</param>
/// <param name="Stage">The id of the training stage.</param>
public sealed record XorRow(
    string Strategy, int Hidden, int Units, Proportion? DecisionBoundary, Proportion? DecisionBoundaryStrict,
    Proportion? ZeroLoss, double? MeanLoss, XorPublished? Published, string Status, string Stage)
{
    /// <summary>Counts who learnt what.</summary>
    internal static XorRow Of(XorNode node, IReadOnlyList<XorTrial> trials, XorScoringOptions scoring)
    {
        XorVerdict[] verdicts = [.. trials.Select(trial => XorVerdict.Of(trial, scoring))];
        return NotRun(node, "completed") with
        {
            DecisionBoundary = Count(verdicts, verdict => verdict.DecisionBoundary),
            DecisionBoundaryStrict = Count(verdicts, verdict => verdict.DecisionBoundaryStrict),
            ZeroLoss = Count(verdicts, verdict => verdict.ZeroLoss),
            MeanLoss = trials.Average(trial => trial.Loss),
        };
    }

    /// <summary>Makes the row of a training without a result.</summary>
    internal static XorRow NotRun(XorNode node, string status) => new(
        node.Strategy, node.Hidden, node.Units, null, null, null, null, XorPublished.Find(node), status,
        node.Train.Id.Value);

    private static Proportion Count(XorVerdict[] verdicts, Func<XorVerdict, bool> succeeds) =>
        Proportion.Of(verdicts.Count(succeeds), verdicts.Length);
}

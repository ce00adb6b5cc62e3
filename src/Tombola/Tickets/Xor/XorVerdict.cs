namespace Tombola.Tickets.Xor;

/// <summary>What a network has learnt.</summary>
/// <param name="DecisionBoundary">
/// Whether each point lies on its side of p = 0.5, ties within the tolerance allowed.
/// </param>
/// <param name="DecisionBoundaryStrict">Whether each point lies on its side, no ties allowed.</param>
/// <param name="ZeroLoss">Whether the loss is below what counts as zero.</param>
internal readonly record struct XorVerdict(bool DecisionBoundary, bool DecisionBoundaryStrict, bool ZeroLoss)
{
    /// <summary>Judges a network; one that diverged has learnt nothing.</summary>
    internal static XorVerdict Of(XorTrial trial, XorScoringOptions scoring)
    {
        var (within, strictly) = (true, true);
        for (var point = 0; point < XorProblem.Points; point++)
        {
            var p = 1 / (1 + Math.Exp(-trial.Logits[point]));
            var beyond = XorProblem.Targets[point] > 0 ? 0.5 - p : p - 0.5;
            within &= beyond <= scoring.Tolerance;
            strictly &= beyond < 0;
        }

        return new XorVerdict(within, strictly, trial.Loss < scoring.ZeroLoss);
    }
}

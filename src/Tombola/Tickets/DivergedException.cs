namespace Tombola.Tickets;

/// <summary>Tells that a level cannot be pruned since its training diverged.</summary>
/// <param name="step">The step whose loss was not finite.</param>
internal sealed class DivergedException(long step)
    : Exception(FormattableString.Invariant($"The training diverged at step {step}; there is nothing to prune."));

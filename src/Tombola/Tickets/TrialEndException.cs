using Tombola.Experiments;

namespace Tombola.Tickets;

/// <summary>Tells that a trial has no further level: a result of the experiment, not a failure.</summary>
internal sealed class TrialEndException : StageEndException
{
    private TrialEndException(string message)
        : base(message)
    {
    }

    /// <summary>The training that should be pruned diverged.</summary>
    /// <param name="step">The step whose loss was not finite.</param>
    internal static TrialEndException Diverged(long step) =>
        new(FormattableString.Invariant($"The training diverged at step {step}; there is nothing to prune."));

    /// <summary>Pruning left a layer without weights, so that nothing passes through the network.</summary>
    /// <param name="layer">The name of its weight.</param>
    internal static TrialEndException Collapsed(string layer) =>
        new($"Layer collapse: pruning left {layer} no weights; there is nothing to train.");
}

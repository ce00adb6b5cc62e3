namespace Tombola.Tickets.Controls;

/// <summary>Keeps the mask and trains on from the trained weights instead of rewinding.</summary>
/// <remarks>
/// What pruning is for outside of lottery tickets: prune, then fine-tune at the full schedule. Source: Frankle and
/// Carbin 2019, appendix B, "continued training".
/// </remarks>
public sealed class KeptTraining : IControl
{
    /// <inheritdoc/>
    public ControlStart Start => ControlStart.Trained;

    /// <inheritdoc/>
    public Ticket Apply(ControlInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Ticket;
    }
}

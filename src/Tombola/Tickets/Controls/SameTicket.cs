namespace Tombola.Tickets.Controls;

/// <summary>Trains the ticket itself.</summary>
/// <remarks>
/// For another order of the data: how far apart two trainings of one ticket end (Frankle et al. 2019, "Stabilizing
/// the Lottery Ticket Hypothesis", §3, stability to data order).
/// </remarks>
public sealed class SameTicket : IControl
{
    /// <inheritdoc/>
    public ControlStart Start => ControlStart.Rewound;

    /// <inheritdoc/>
    public Ticket Apply(ControlInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Ticket;
    }
}

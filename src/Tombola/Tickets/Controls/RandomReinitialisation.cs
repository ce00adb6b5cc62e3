using Tombola.Nn;
using Tombola.Training;

namespace Tombola.Tickets.Controls;

/// <summary>Keeps the mask and draws the weights anew from the initialiser.</summary>
/// <remarks>
/// If the structure alone made a ticket win, this would too. Source: Frankle and Carbin 2019, §1 and §2, "randomly
/// reinitialized".
/// </remarks>
public sealed class RandomReinitialisation : IControl
{
    /// <inheritdoc/>
    public Ticket Apply(Ticket ticket, Module model, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        ArgumentNullException.ThrowIfNull(model);
        model.Initialise(seed);
        return ticket with { Weights = Weights.Capture(model) };
    }
}

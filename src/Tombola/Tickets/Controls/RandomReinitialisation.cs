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
    public ControlStart Start => ControlStart.Scratch;

    /// <inheritdoc/>
    public Ticket Apply(ControlInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        input.Model.Initialise(input.Seed);
        return input.Ticket with { Weights = Weights.Capture(input.Model) };
    }
}

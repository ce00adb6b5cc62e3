namespace Tombola.Tickets.Controls;

/// <summary>Lets exactly those weights survive that the ticket prunes.</summary>
/// <remarks>
/// What is left of the network is as dense as the ticket is sparse. Tells what the pruned weights can do alone.
/// </remarks>
public sealed class InvertedMask : IControl
{
    /// <inheritdoc/>
    public ControlStart Start => ControlStart.Rewound;

    /// <inheritdoc/>
    public Ticket Apply(ControlInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.WithMasks((mask, _) =>
        {
            var survives = mask.Survives.ToArray();
            for (var i = 0; i < survives.Length; i++)
                survives[i] = !survives[i];
            return survives;
        });
    }
}

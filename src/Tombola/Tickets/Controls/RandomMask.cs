namespace Tombola.Tickets.Controls;

/// <summary>Lets random weights survive, as many in each layer as in the ticket.</summary>
/// <remarks>
/// The initial values stay where they are. A random sparse network of the ticket's layer densities. Source: Frankle
/// and Carbin 2019, figure 1 and appendix E; 2018, second control, in the reading that the mask moves.
/// </remarks>
public sealed class RandomMask : IControl
{
    /// <inheritdoc/>
    public ControlStart Start => ControlStart.Rewound;

    /// <inheritdoc/>
    public Ticket Apply(ControlInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.WithMasks((mask, random) =>
        {
            var (survives, order) = (new bool[mask.Shape.Count], new int[mask.Shape.Count]);
            random.FillPermutation(order);
            foreach (var i in order.AsSpan(0, mask.Survivors))
                survives[i] = true;
            return survives;
        });
    }
}

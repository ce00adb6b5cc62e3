using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Tickets.Controls;

/// <summary>Moves the survivors, each with its value, to random places within their layer.</summary>
/// <remarks>
/// The set of surviving values stays, the structure goes. Pruned weights move to the places that survivors leave.
/// </remarks>
public sealed class Rearrangement : IControl
{
    /// <inheritdoc/>
    public ControlStart Start => ControlStart.Rewound;

    /// <inheritdoc/>
    public Ticket Apply(ControlInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var ticket = input.WithMasks((mask, random) => Moved(mask.Survives, OrderOf(mask, random)));
        var weights = ticket.Weights;
        foreach (var (name, mask) in input.Ticket.Masks)
            weights = weights.With(name, Moved(weights[name].Span, OrderOf(mask, input.RandomOf(name))));
        return ticket with { Weights = weights };
    }

    private static int[] OrderOf(Mask mask, RandomStream random)
    {
        var order = new int[mask.Shape.Count];
        random.FillPermutation(order);
        return order;
    }

    private static T[] Moved<T>(ReadOnlySpan<T> values, int[] order)
    {
        var moved = new T[order.Length];
        for (var i = 0; i < order.Length; i++)
            moved[i] = values[order[i]];
        return moved;
    }
}

namespace Tombola.Tickets.Controls;

/// <summary>Lets random weights survive, as many into each unit as in the ticket.</summary>
/// <remarks>
/// Each output keeps the number of its inputs; which inputs they are goes. Tells whether a ticket is more than how
/// its connections are spread over the units (Frankle and Carbin 2019, appendix F.6).
/// </remarks>
public sealed class RandomMaskByUnit : IControl
{
    /// <inheritdoc/>
    public ControlStart Start => ControlStart.Rewound;

    /// <inheritdoc/>
    public Ticket Apply(ControlInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.WithMasks((mask, random) =>
        {
            var survives = new bool[mask.Shape.Count];
            var rows = mask.Shape[0];
            var columns = rows == 0 ? 0 : mask.Shape.Count / rows;
            var order = new int[columns];
            for (var row = 0; row < rows; row++)
            {
                random.At(row).FillPermutation(order);
                var count = mask.Survives.Slice(row * columns, columns).Count(true);
                foreach (var column in order.AsSpan(0, count))
                    survives[(row * columns) + column] = true;
            }

            return survives;
        });
    }
}

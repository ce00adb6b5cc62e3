namespace Tombola.Tickets.Controls;

/// <summary>Keeps the mask and permutes the survivors' values within each layer.</summary>
/// <remarks>
/// Structure and values stay, their pairing goes. Source: Frankle and Carbin 2018, second control, in the reading
/// that values move; Zhou et al. 2019, "reshuffle".
/// </remarks>
public sealed class ValueShuffle : IControl
{
    /// <inheritdoc/>
    public ControlStart Start => ControlStart.Rewound;

    /// <inheritdoc/>
    public Ticket Apply(ControlInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.WithSurvivors((survivors, _, random) =>
        {
            var (values, order) = (survivors.ToArray(), new int[survivors.Length]);
            random.FillPermutation(order);
            for (var i = 0; i < order.Length; i++)
                survivors[i] = values[order[i]];
        });
    }
}

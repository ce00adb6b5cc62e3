namespace Tombola.Tickets.Controls;

/// <summary>Keeps the mask and draws each survivor's value from those of the layer's survivors.</summary>
/// <remarks>
/// The distribution that the winners came from stays, which value sits where does not. Drawn with replacement.
/// Source: Frankle and Carbin 2019, appendix F.3.
/// </remarks>
public sealed class SurvivorReinitialisation : IControl
{
    /// <inheritdoc/>
    public ControlStart Start => ControlStart.Rewound;

    /// <inheritdoc/>
    public Ticket Apply(ControlInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.WithSurvivors((survivors, _, random) =>
        {
            var pool = survivors.ToArray();
            for (var i = 0; i < survivors.Length; i++)
                survivors[i] = pool[random.Below(pool.Length, i)];
        });
    }
}

using System.Numerics.Tensors;

namespace Tombola.Tickets.Controls;

/// <summary>Gives every survivor the same magnitude, the deviation of the layer's values, with a random sign.</summary>
/// <remarks>
/// With the signs kept only the pattern of signs is left of the initial values. Source: Zhou et al. 2019,
/// "constant".
/// </remarks>
public sealed class ConstantMagnitude : IControl
{
    /// <inheritdoc/>
    public ControlStart Start => ControlStart.Rewound;

    /// <inheritdoc/>
    public Ticket Apply(ControlInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.WithSurvivors((survivors, layer, random) =>
        {
            var magnitude = (float)input.Scale * TensorPrimitives.StdDev(layer);
            for (var i = 0; i < survivors.Length; i++)
                survivors[i] = (random.Bits(i) & 1) == 0 ? magnitude : -magnitude;
        });
    }
}

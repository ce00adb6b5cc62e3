using System.Numerics.Tensors;

namespace Tombola.Tickets.Controls;

/// <summary>Adds normal noise to the survivors' values, of the scale times the deviation of the layer's.</summary>
/// <remarks>
/// Scale 1 means as much noise as there is signal. Source: Frankle and Carbin 2019, appendix F.7, with scales 0.5,
/// 1, 2 and 3.
/// </remarks>
public sealed class GaussianNoise : IControl
{
    /// <inheritdoc/>
    public ControlStart Start => ControlStart.Rewound;

    /// <inheritdoc/>
    public Ticket Apply(ControlInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.WithSurvivors((survivors, layer, random) =>
        {
            var noise = new float[survivors.Length];
            random.FillNormal(noise, (float)input.Scale * TensorPrimitives.StdDev(layer));
            TensorPrimitives.Add(survivors, noise, survivors);
        });
    }
}

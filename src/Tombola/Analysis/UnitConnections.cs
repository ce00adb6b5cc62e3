using Tombola.Tensors;

namespace Tombola.Analysis;

/// <summary>The surviving connections of each unit on the two sides of a layer.</summary>
/// <param name="Incoming">[outputs]: connections into each unit of the layer.</param>
/// <param name="Outgoing">[inputs]: connections out of each unit that the layer reads.</param>
internal sealed record UnitConnections(IReadOnlyList<int> Incoming, IReadOnlyList<int> Outgoing)
{
    /// <summary>Counts the connections of a mask.</summary>
    /// <param name="mask">[outputs, inputs].</param>
    internal static UnitConnections Of(Mask mask)
    {
        var (outputs, inputs) = (mask.Shape[0], mask.Shape[1]);
        var (incoming, outgoing) = (new int[outputs], new int[inputs]);
        for (var output = 0; output < outputs; output++)
        {
            var row = mask.Survives.Slice(output * inputs, inputs);
            for (var input = 0; input < inputs; input++)
            {
                if (!row[input])
                    continue;
                incoming[output]++;
                outgoing[input]++;
            }
        }

        return new UnitConnections(incoming, outgoing);
    }

    /// <summary>The standard deviation of a unit's connections if the survivors lay anywhere in the layer.</summary>
    /// <remarks>Hypergeometric: the unit's places are drawn from the layer's without putting back.</remarks>
    /// <param name="survivors">Of the layer.</param>
    /// <param name="weights">Of the layer.</param>
    /// <param name="possible">Places of the unit among these.</param>
    internal static double DeviationByChance(double survivors, long weights, int possible) =>
        weights < 2
            ? 0
            : Math.Sqrt(
                possible * (survivors / weights) * (1 - (survivors / weights)) * (weights - possible) / (weights - 1));
}

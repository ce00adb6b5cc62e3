using Tombola.Numerics.Threads;

namespace Tombola.Tickets.Xor;

/// <summary>One moment of a training on XOR.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Loss">The mean cross-entropy over the four points, in nats.</param>
/// <param name="Probabilities">What the network answers to the points 00, 01, 10 and 11.</param>
/// <param name="Units">The hidden units that are left.</param>
/// <param name="Field">
/// What it answers over the plane from −0.25 to 1.25, [side, side], the second input by rows and the first within a
/// row, both ascending; 255 stands for 1.
/// </param>
public sealed record XorFrame(
    int Step, double Loss, IReadOnlyList<double> Probabilities, IReadOnlyList<XorUnit> Units, byte[] Field)
{
    /// <summary>Where the plane begins and ends, in both inputs.</summary>
    public const float From = -0.25f, To = 1.25f;

    /// <summary>Looks at a network.</summary>
    internal static XorFrame Of(
        XorNetworks network, XorTrial trial, int step, XorTraceOptions options, ThreadTeam team) => new(
        step, trial.Loss, [.. trial.Logits.Select(Sigmoid)],
        [
            .. Enumerable.Range(0, network.Units).Select(unit => new XorUnit(
                network.Incoming(0, unit)[0], network.Incoming(0, unit)[1], network.Bias(0, unit),
                network.Outgoing(0, unit)[0])),
        ],
        FieldOf(network, options.Side, team));

    private static byte[] FieldOf(XorNetworks network, int side, ThreadTeam team)
    {
        var (inputs, field) = (new float[2 * side * side], new byte[side * side]);
        for (var i = 0; i < field.Length; i++)
        {
            inputs[2 * i] = Place(i % side, side);
            inputs[(2 * i) + 1] = Place(i / side, side);
        }

        using var plane = network.ToPopulation(inputs, new float[field.Length]);
        var logits = plane.Logits(team);
        for (var i = 0; i < field.Length; i++)
            field[i] = (byte)Math.Round(byte.MaxValue * Sigmoid(logits[i * plane.Size.Lanes]));
        return field;
    }

    private static float Place(int position, int side) => From + ((To - From) * (position + 0.5f) / side);

    private static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));

    private static double Sigmoid(float logit) => Sigmoid((double)logit);
}

/// <summary>A hidden unit of a network for XOR.</summary>
/// <param name="First">The weight of the first input.</param>
/// <param name="Second">The weight of the second input.</param>
/// <param name="Bias">Its bias.</param>
/// <param name="Out">Its weight in the output.</param>
public readonly record struct XorUnit(double First, double Second, double Bias, double Out);

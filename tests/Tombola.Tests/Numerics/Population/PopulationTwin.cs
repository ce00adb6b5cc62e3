namespace Tombola.Tests.Numerics.Population;

/// <summary>One network of a population in plain float64 loops.</summary>
/// <param name="units">Incoming weights [units][inputs].</param>
internal sealed class PopulationTwin(double[][] units, double[] biases, double[] outgoing, double outputBias)
{
    private double _outputBias = outputBias;

    /// <summary>Unit by unit the incoming weights, the bias and the outgoing weight; last the output bias.</summary>
    public double[] Weights =>
    [
        .. Enumerable.Range(0, units.Length)
            .SelectMany(unit => units[unit].Append(biases[unit]).Append(outgoing[unit])),
        _outputBias,
    ];

    public double Logit(float[] x) =>
        _outputBias
        + Enumerable.Range(0, units.Length).Sum(unit => outgoing[unit] * Math.Max(0, Preactivation(unit, x)));

    public double Loss(float[][] points, float[] targets) =>
        points.Zip(targets, (x, t) => Math.Log(1 + Math.Exp(Logit(x))) - (Logit(x) * t)).Average();

    public void Step(float[][] points, float[] targets, double rate, bool hiddenBiases)
    {
        double[] slopes =
        [
            .. points.Zip(targets, (x, t) => rate / points.Length * ((1 / (1 + Math.Exp(-Logit(x)))) - t)),
        ];
        for (var unit = 0; unit < units.Length; unit++)
        {
            var before = points.Select(x => Preactivation(unit, x)).ToArray();
            var hidden = slopes.Zip(before, (slope, a) => a > 0 ? slope * outgoing[unit] : 0).ToArray();
            outgoing[unit] -= slopes.Zip(before, (slope, a) => slope * Math.Max(0, a)).Sum();
            biases[unit] -= hiddenBiases ? hidden.Sum() : 0;
            for (var input = 0; input < units[unit].Length; input++)
                units[unit][input] -= hidden.Zip(points, (slope, x) => slope * x[input]).Sum();
        }

        _outputBias -= slopes.Sum();
    }

    private double Preactivation(int unit, float[] x) => biases[unit] + units[unit].Zip(x, (w, xi) => w * xi).Sum();
}

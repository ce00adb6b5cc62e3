using Tombola.Formats;
using Tombola.Numerics.Population;
using Tombola.Numerics.Threads;

namespace Tombola.Tickets.Xor;

/// <summary>How one network ended.</summary>
/// <param name="Trial">From 1.</param>
/// <param name="Logits">Its answers to the four points, 00, 01, 10 and 11, before the sigmoid.</param>
/// <param name="Loss">The mean cross-entropy over the points, in nats.</param>
internal sealed record XorTrial(int Trial, IReadOnlyList<double> Logits, double Loss);

/// <summary>Reads and writes <c>trials.csv</c>: a row a network.</summary>
internal static class XorTrials
{
    private static readonly string[] LogitColumns = ["logit_00", "logit_01", "logit_10", "logit_11"];

    /// <summary>Asks all networks of a population.</summary>
    internal static IReadOnlyList<XorTrial> Of(NetworkPopulation population, ThreadTeam team)
    {
        var logits = population.Logits(team);
        var lanes = population.Size.Lanes;
        var trials = new XorTrial[population.Size.Networks];
        for (var trial = 0; trial < trials.Length; trial++)
        {
            var own = new double[XorProblem.Points];
            for (var point = 0; point < own.Length; point++)
                own[point] = logits[(point * lanes) + trial];
            trials[trial] = new XorTrial(trial + 1, own, MeanLoss(own));
        }

        return trials;
    }

    /// <summary>Writes the table.</summary>
    /// <param name="path">The file, overwritten.</param>
    /// <param name="trials">The rows.</param>
    internal static void Write(string path, IEnumerable<XorTrial> trials)
    {
        using var csv = new CsvWriter(path, ["trial", .. LogitColumns, "loss"]);
        foreach (var trial in trials)
            csv.Write([trial.Trial, .. trial.Logits.Select(logit => (object)(float)logit), trial.Loss]);
    }

    /// <summary>Reads the table.</summary>
    /// <exception cref="InputException">The file is missing or damaged.</exception>
    internal static IReadOnlyList<XorTrial> Read(string path) =>
    [
        .. CsvReader.Read(path).Rows.Select(row => new XorTrial(
            (int)row.Integer("trial"), [.. LogitColumns.Select(column => (double)(float)row.Number(column))],
            row.Number("loss"))),
    ];

    /// <summary>Averages <c>max(z, 0) − z t + log(1 + e^−|z|)</c>, which neither overflows nor cancels.</summary>
    private static double MeanLoss(ReadOnlySpan<double> logits)
    {
        var sum = 0.0;
        for (var point = 0; point < logits.Length; point++)
        {
            var z = logits[point];
            sum += Math.Max(z, 0) - (z * XorProblem.Targets[point]) + Math.Log(1 + Math.Exp(-Math.Abs(z)));
        }

        return sum / logits.Length;
    }
}

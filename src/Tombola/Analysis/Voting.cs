namespace Tombola.Analysis;

/// <summary>Ways in which several networks agree on a class.</summary>
internal static class Voting
{
    /// <summary>Returns the class of the largest mean probability, the first of equals.</summary>
    /// <param name="networks">The probabilities of each network, [classes] each.</param>
    internal static int MeanProbability(IReadOnlyList<ReadOnlyMemory<double>> networks) => Largest(Sums(networks));

    /// <summary>Returns the class that most networks find likeliest.</summary>
    /// <remarks>Among classes of as many votes it is the one of the largest mean probability.</remarks>
    /// <param name="networks">The probabilities of each network, [classes] each.</param>
    internal static int Majority(IReadOnlyList<ReadOnlyMemory<double>> networks)
    {
        var sums = Sums(networks);
        var votes = new int[sums.Length];
        foreach (var network in networks)
            votes[Largest(network.Span)]++;
        var most = votes.Max();
        for (var label = 0; label < sums.Length; label++)
        {
            if (votes[label] < most)
                sums[label] = double.NegativeInfinity;
        }

        return Largest(sums);
    }

    private static double[] Sums(IReadOnlyList<ReadOnlyMemory<double>> networks)
    {
        var sums = new double[networks[0].Length];
        foreach (var network in networks)
        {
            for (var label = 0; label < sums.Length; label++)
                sums[label] += network.Span[label];
        }

        return sums;
    }

    private static int Largest(ReadOnlySpan<double> values)
    {
        var largest = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] > values[largest])
                largest = i;
        }

        return largest;
    }
}

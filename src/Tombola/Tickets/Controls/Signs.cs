namespace Tombola.Tickets.Controls;

/// <summary>Gives weights the signs of others.</summary>
internal static class Signs
{
    /// <summary>Returns the changed values of masked layers with the signs of the original ones.</summary>
    internal static Ticket Keep(Ticket changed, Ticket original)
    {
        var weights = changed.Weights;
        foreach (var name in changed.Masks.Keys)
            weights = weights.With(name, Copy(weights[name].Span, original.Weights[name].Span));
        return changed with { Weights = weights };
    }

    private static float[] Copy(ReadOnlySpan<float> magnitudes, ReadOnlySpan<float> signs)
    {
        var values = new float[magnitudes.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = MathF.CopySign(magnitudes[i], signs[i]);
        return values;
    }
}

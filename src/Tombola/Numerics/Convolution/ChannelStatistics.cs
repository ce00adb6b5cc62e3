using Tombola.Numerics.Memory;

namespace Tombola.Numerics.Convolution;

/// <summary>Means and deviations of channels over a batch, and which lanes are examples.</summary>
internal sealed class ChannelStatistics : IDisposable
{
    /// <summary>Makes room.</summary>
    internal ChannelStatistics(int channels, int lanes, int batch)
    {
        Mean = new FloatBuffer(channels);
        Variance = new FloatBuffer(channels);
        InverseDeviation = new FloatBuffer(channels);
        Examples = new FloatBuffer(lanes);
        Examples.Span[..batch].Fill(1);
        Batch = batch;
    }

    /// <summary>[channels].</summary>
    internal FloatBuffer Mean { get; }

    /// <summary>[channels], with the divisor n.</summary>
    internal FloatBuffer Variance { get; }

    /// <summary>[channels]: 1 / √(variance + ε).</summary>
    internal FloatBuffer InverseDeviation { get; }

    /// <summary>[lanes]: 1 for examples, 0 for padding.</summary>
    internal FloatBuffer Examples { get; }

    /// <summary>Number of examples.</summary>
    internal int Batch { get; }

    /// <summary>Tells whether this serves images of other extents too.</summary>
    internal bool Fits(int channels, int lanes, int batch) =>
        Mean.Length == channels && Examples.Length == lanes && Batch == batch;

    /// <summary>Takes means and variances that are known.</summary>
    internal void Set(FloatBuffer mean, FloatBuffer variance, double epsilon)
    {
        mean.Span.CopyTo(Mean.Span);
        for (var channel = 0; channel < Mean.Length; channel++)
            InverseDeviation.Span[channel] = (float)(1 / Math.Sqrt(variance.Span[channel] + epsilon));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Mean.Dispose();
        Variance.Dispose();
        InverseDeviation.Dispose();
        Examples.Dispose();
    }
}

using Tombola.Numerics.Memory;

namespace Tombola.Numerics.Convolution;

/// <summary>What the three dense passes of a convolution know beforehand; made once for a size.</summary>
internal sealed class ConvolutionPlan : IDisposable
{
    private TapTable? _forward;
    private TapTable? _backward;
    private PixelPairs? _pairs;
    private FloatBuffer? _zeros;

    /// <summary>Creates a plan.</summary>
    internal ConvolutionPlan(ConvolutionSize size) => Size = size;

    /// <summary>The extents.</summary>
    internal ConvolutionSize Size { get; }

    /// <summary>Terms of the outputs.</summary>
    internal TapTable Forward => _forward ??= TapTable.Forward(Size);

    /// <summary>Terms of the input's gradient.</summary>
    internal TapTable Backward => _backward ??= TapTable.Backward(Size);

    /// <summary>Terms of the weights' gradient.</summary>
    internal PixelPairs Pairs =>
        _pairs ??= new PixelPairs(Size, Math.Max(1, DenseWeightGradient.BlockPixels * 64 / Size.Lanes));

    /// <summary>A pixel of zeros.</summary>
    internal FloatBuffer Zeros => _zeros ??= new FloatBuffer(Size.Lanes);

    /// <inheritdoc/>
    public void Dispose()
    {
        _forward?.Dispose();
        _backward?.Dispose();
        _pairs?.Dispose();
        _zeros?.Dispose();
    }
}

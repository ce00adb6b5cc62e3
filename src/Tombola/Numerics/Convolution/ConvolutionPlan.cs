using Tombola.Numerics.Memory;

namespace Tombola.Numerics.Convolution;

/// <summary>What the three dense passes of a convolution know beforehand; made once for a size.</summary>
internal sealed class ConvolutionPlan : IDisposable
{
    private TapTable? _forward;
    private TapTable? _backward;
    private PixelPairs? _pairs;
    private FloatBuffer? _zeros;
    private FloatBuffer? _partial;

    /// <summary>Creates a plan.</summary>
    internal ConvolutionPlan(ConvolutionSize size) => Size = size;

    /// <summary>The extents.</summary>
    internal ConvolutionSize Size { get; }

    /// <summary>Terms of the outputs.</summary>
    internal TapTable Forward => _forward ??= TapTable.Forward(Size);

    /// <summary>Terms of the input's gradient.</summary>
    internal TapTable Backward => _backward ??= TapTable.Backward(Size);

    /// <summary>Terms of the weights' gradient.</summary>
    internal PixelPairs Pairs => _pairs ??= new PixelPairs(Size);

    /// <summary>Room for the weights' gradient in several spans of tiles; null where one is enough.</summary>
    internal FloatBuffer? Partial
    {
        get
        {
            var spans = DenseWeightGradient.Spans(Size, Pairs);
            return spans == 1 ? null : _partial ??= new FloatBuffer(spans * Size.Outputs * Size.Inputs * Size.Taps);
        }
    }

    /// <summary>A pixel of zeros.</summary>
    internal FloatBuffer Zeros => _zeros ??= new FloatBuffer(Size.Lanes);

    /// <inheritdoc/>
    public void Dispose()
    {
        _forward?.Dispose();
        _backward?.Dispose();
        _pairs?.Dispose();
        _zeros?.Dispose();
        _partial?.Dispose();
    }
}

using Tombola.Numerics.Memory;
using Tombola.Numerics.Sparse;
using Tombola.Numerics.Threads;

namespace Tombola.Numerics.Convolution;

/// <summary>What the passes of a convolution with compressed weights know beforehand.</summary>
internal sealed unsafe class SparseConvolutionPlan : IDisposable
{
    private IndexBuffer? _backward;
    private FloatBuffer? _partial;
    private FloatBuffer? _both;
    private FloatBuffer? _byInput;

    /// <summary>Makes a plan.</summary>
    internal SparseConvolutionPlan(SparsePattern pattern, ConvolutionSize size)
    {
        (Pattern, Size) = (pattern, size);
        ForwardLayout = PatchLayout.Forward(size);
        BackwardLayout = PatchLayout.Backward(size);
        Forward = OffsetsOf(pattern.Forward, pattern.Active, pattern.ForwardBlock, ForwardLayout, flip: false);
    }

    /// <summary>Where the survivors are.</summary>
    internal SparsePattern Pattern { get; }

    /// <summary>The extents.</summary>
    internal ConvolutionSize Size { get; }

    /// <summary>How outputs are cut into patches.</summary>
    internal PatchLayout ForwardLayout { get; }

    /// <summary>How inputs are cut into patches, for their gradient.</summary>
    internal PatchLayout BackwardLayout { get; }

    /// <summary>The distance of each survivor's source in the forward layout's copy.</summary>
    internal IndexBuffer Forward { get; }

    /// <summary>The distance of each survivor's source in the backward layout's copy.</summary>
    internal IndexBuffer Backward => _backward ??=
        OffsetsOf(Pattern.Transposed, Pattern.Active, Pattern.TransposedBlock, BackwardLayout, flip: true);

    /// <summary>Room for gradients in several spans of patches; null where one is enough.</summary>
    internal FloatBuffer? Partial
    {
        get
        {
            var spans = SparseWeightGradient.SpanCount(Pattern.Active, ForwardLayout);
            return spans == 1 ? null : _partial ??= new FloatBuffer(spans * Pattern.Active);
        }
    }

    /// <summary>Room for gradients by input channel, where those of inputs and weights are computed at once.</summary>
    internal FloatBuffer Both => _both ??=
        new FloatBuffer(SparseWeightGradient.SpanCount(Pattern.Active, BackwardLayout) * Pattern.Active);

    /// <summary>Puts the values of the survivors into the order of the inputs.</summary>
    internal FloatBuffer ByInput(ThreadTeam team, FloatBuffer values)
    {
        _byInput ??= new FloatBuffer(Pattern.Active);
        new ValueGather
        {
            Gathered = _byInput.Pointer, Values = values.Pointer, Slots = Pattern.Transposed.Slots,
            Length = Pattern.Active,
        }.Run(team);
        return _byInput;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Forward.Dispose();
        _backward?.Dispose();
        _partial?.Dispose();
        _both?.Dispose();
        _byInput?.Dispose();
    }

    private static IndexBuffer OffsetsOf(CompressedRows rows, int count, int block, PatchLayout layout, bool flip)
    {
        var (kernel, taps) = (layout.Kernel, layout.Kernel * layout.Kernel);
        var offsets = new int[count];
        for (var k = 0; k < count; k++)
        {
            var (channel, tap) = (rows.Columns[k] / taps, rows.Columns[k] % taps);
            tap = flip ? taps - 1 - tap : tap;
            offsets[k] = (channel % block * layout.ChannelFloats) + layout.TapOffset(tap / kernel, tap % kernel);
        }

        return new IndexBuffer(offsets);
    }
}

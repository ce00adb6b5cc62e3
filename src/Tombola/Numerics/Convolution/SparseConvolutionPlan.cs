using Tombola.Numerics.Memory;
using Tombola.Numerics.Sparse;
using Tombola.Numerics.Threads;

namespace Tombola.Numerics.Convolution;

/// <summary>What the passes of a convolution with compressed weights know beforehand.</summary>
internal sealed unsafe class SparseConvolutionPlan : IDisposable
{
    private IndexBuffer? _backward;
    private IndexBuffer? _forwardEdges;
    private IndexBuffer? _backwardEdges;
    private FloatBuffer? _partial;
    private FloatBuffer? _both;
    private FloatBuffer? _gathered;

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

    /// <summary>Room for spans of the weights' gradient by output channel; null where none is needed.</summary>
    internal FloatBuffer? Partial => Spans(Pattern.Forward, ForwardLayout, ref _partial);

    /// <summary>The same by input channel, for both gradients at once.</summary>
    internal FloatBuffer? PartialOfBoth => Spans(Pattern.Transposed, BackwardLayout, ref _both);

    /// <summary>The values in the order of the rows: as they are where they are stored so, else copied.</summary>
    internal FloatBuffer InOrder(ThreadTeam team, CompressedRows rows, FloatBuffer values)
    {
        if (rows.Slots is null)
            return values;
        _gathered ??= new FloatBuffer(Pattern.Active);
        new ValueGather
        {
            Gathered = _gathered.Pointer, Values = values.Pointer, Slots = rows.Slots, Length = Pattern.Active,
        }.Run(team);
        return _gathered;
    }

    /// <summary>The edges of the forward pass, where it leaves rows out.</summary>
    internal IndexBuffer? ForwardEdges =>
        ForwardLayout.SkipsRows ? _forwardEdges ??= EdgesOf(Pattern.Forward, Forward, ForwardLayout) : null;

    /// <summary>The edges of the input gradient, where it leaves rows out.</summary>
    internal IndexBuffer? BackwardEdges =>
        BackwardLayout.SkipsRows ? _backwardEdges ??= EdgesOf(Pattern.Transposed, Backward, BackwardLayout) : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        Forward.Dispose();
        _backward?.Dispose();
        _forwardEdges?.Dispose();
        _backwardEdges?.Dispose();
        _partial?.Dispose();
        _both?.Dispose();
        _gathered?.Dispose();
    }

    /// <summary>For each block and row, where survivors of the kernel's middle and lower row begin.</summary>
    private static IndexBuffer EdgesOf(CompressedRows rows, IndexBuffer offsets, PatchLayout layout)
    {
        var edges = new int[2 * rows.Blocks * rows.Rows];
        for (var i = 0; i < edges.Length; i++)
        {
            var (block, row) = (i / 2 / rows.Rows, i / 2 % rows.Rows);
            var starts = rows.Starts + (block * (rows.Rows + 1)) + row;
            var k = i % 2 == 0 ? starts[0] : edges[i - 1];
            while (k < starts[1] && offsets.Pointer[k] % layout.ChannelFloats / layout.RowFloats <= i % 2)
                k++;
            edges[i] = k;
        }

        return new IndexBuffer(edges);
    }

    private FloatBuffer? Spans(CompressedRows rows, PatchLayout layout, ref FloatBuffer? buffer)
    {
        var spans = SparseWeightGradient.SpanCount(Pattern.Active, layout);
        return spans == 1 && rows.Slots is null ? null : buffer ??= new FloatBuffer(spans * Pattern.Active);
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

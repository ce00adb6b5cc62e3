using System.Runtime.InteropServices;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Sparse;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Convolution;

/// <summary>Computes the gradient of surviving weights alone.</summary>
/// <remarks>
/// The gradient of sixteen vectors of pixels stays in registers while the survivors of its channel pass. An item is a
/// block of input channels in a span of patches; spans, of which there are as many as the extents say, are summed apart
/// and added up in order.
/// </remarks>
internal unsafe struct SparseWeightGradient : IRangeWork
{
    private const int WantedItems = 16;
    private const int FewBlocks = 8;

    /// <summary>Where the survivors are, with their distances in the layout's copy.</summary>
    public CompressedRows Survivors;
    public IndexBuffer Offsets;
    public PatchLayout Layout;

    /// <summary>Channels of the input, and those of a block.</summary>
    public int Sources, BlockChannels;

    /// <summary>[survivors]: the results, in the order of the survivors.</summary>
    public float* Values;
    public int Count;

    /// <summary>[spans, survivors].</summary>
    public float* Partial;

    /// <summary>The gradient of the outputs, and the inputs.</summary>
    public float* Dy, X;

    /// <summary>Whether the present results are added to.</summary>
    public bool Accumulate;

    private readonly int Spans => SpanCount(Survivors, Layout);

    // A few blocks share the copy of the gradient; many make items of their own.
    private readonly int ItemBlocks => BlocksOfItem(Survivors);

    /// <summary>Number of spans of patches that are summed apart.</summary>
    internal static int SpanCount(CompressedRows survivors, PatchLayout layout) =>
        Math.Clamp(WantedItems * BlocksOfItem(survivors) / survivors.Blocks, 1, layout.Count);

    /// <summary>Computes the gradients on a team.</summary>
    internal readonly void Run(ThreadTeam team)
    {
        team.Run(this, Spans * (Survivors.Blocks / ItemBlocks));
        if (Spans > 1)
        {
            new SpanSum { Sums = Values, Spans = Partial, Count = Spans, Length = Count, Accumulate = Accumulate }
                .Run(team);
        }
    }

    /// <inheritdoc/>
    public readonly void Run(int from, int to)
    {
        var copy = Math.Min(BlockChannels, Sources) * Layout.ChannelFloats;
        var gradients = Survivors.Rows * Layout.TargetFloats;
        var scratch = (float*)NativeMemory.AlignedAlloc(
            (nuint)(copy + gradients) * sizeof(float), FloatBuffer.Alignment);
        for (var item = from; item < to; item++)
        {
            var parts = Survivors.Blocks / ItemBlocks;
            var (span, block) = (item / parts, item % parts * ItemBlocks);
            var first = (int)((long)Layout.Count * span / Spans);
            var last = (int)((long)Layout.Count * (span + 1) / Spans);
            for (var patch = first; patch < last; patch++)
            {
                RunPatch(
                    patch, block, new Scratch(scratch, scratch + copy),
                    Spans > 1 ? Partial + ((nint)span * Count) : Values,
                    patch > first || (Spans == 1 && Accumulate));
            }
        }

        NativeMemory.AlignedFree(scratch);
    }

    private static int BlocksOfItem(CompressedRows survivors) =>
        survivors.Blocks <= FewBlocks ? survivors.Blocks : 1;

    private readonly void RunPatch(int patch, int firstBlock, Scratch scratch, float* values, bool add)
    {
        var start = Layout.Start(patch);
        PatchCopy.ReadTarget(Layout, scratch.Target, Dy, Survivors.Rows, start);
        for (var block = firstBlock; block < firstBlock + ItemBlocks; block++)
        {
            var channel = block * BlockChannels;
            var source = X + ((nint)channel * Layout.SourceHeight * Layout.SourceWidth * Layout.Lanes);
            PatchCopy.Source(Layout, scratch.Source, source, Math.Min(BlockChannels, Sources - channel), start);
            RunBlock(block, scratch, values, add);
        }
    }

    private readonly void RunBlock(int block, Scratch scratch, float* values, bool add)
    {
        var operands = new SparseTile.Operands
        {
            Starts = Survivors.Starts + (block * (Survivors.Rows + 1)), Targets = Survivors.Rows,
            Offsets = Offsets.Pointer, Values = values, Add = add,
            SourceRow = (nint)Layout.Stride * Layout.RowFloats, TargetRow = Layout.TargetRowFloats,
            TargetChannel = Layout.TargetFloats,
        };
        for (var row = 0; row < Layout.Height; row += Layout.TileRows)
        {
            operands.Source = scratch.Source + (row * operands.SourceRow);
            operands.Target = scratch.Target + (row * operands.TargetRow);
            switch (VectorWidth.Bits)
            {
                case 512: SparseTile.Gradients2x8<Lanes512>(operands); break;
                case 256: SparseTile.Gradients1x8<Lanes256>(operands); break;
                case 128: SparseTile.Gradients1x8<Lanes128>(operands); break;
                default: SparseTile.Gradients1x8<Lanes1>(operands); break;
            }

            operands.Add = true;
        }
    }

    /// <summary>Where a patch is copied to.</summary>
    private readonly struct Scratch(float* source, float* target)
    {
        public readonly float* Source = source, Target = target;
    }
}

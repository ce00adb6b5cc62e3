using System.Runtime.InteropServices;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Sparse;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Convolution;

/// <summary>Computes the gradient of surviving weights alone.</summary>
/// <remarks>
/// The gradient of sixteen vectors of pixels stays in registers while the survivors of its channel pass. An item is up
/// to sixteen blocks of input channels, which share the copy of the gradient, in a span of patches. Spans, of which
/// there are as many as the extents say, are summed apart and added up in order; blocks are never split, so there may
/// be as many parts of them as the threads need.
/// </remarks>
internal unsafe struct SparseWeightGradient : IRangeWork
{
    private const int MostSpans = 16;
    private const int MostBlocks = 16;

    // Of sums in all spans, 1 MB: many survivors are enough work without spans, whose sums would fill the caches.
    private const int MostPartial = 256 * 1024;

    /// <summary>Where the survivors are, with their distances in the layout's copy.</summary>
    public CompressedRows Survivors;
    public IndexBuffer Offsets;
    public PatchLayout Layout;

    /// <summary>Channels of the input, and those of a block.</summary>
    public int Sources, BlockChannels;

    /// <summary>[survivors]: the results, where they are stored.</summary>
    public float* Values;
    public int Count;

    /// <summary>[spans, survivors]; null where the results may be written at once.</summary>
    public float* Partial;

    /// <summary>The gradient of the outputs, and the inputs.</summary>
    public float* Dy, X;

    /// <summary>Whether the present results are added to.</summary>
    public bool Accumulate;

    private int _parts;

    private readonly int Spans => SpanCount(Count, Layout);

    /// <summary>Number of spans of patches that are summed apart.</summary>
    /// <param name="survivors">Their number.</param>
    internal static int SpanCount(int survivors, PatchLayout layout) =>
        Math.Clamp(MostPartial / Math.Max(1, survivors), 1, Math.Min(MostSpans, layout.Count));

    /// <summary>Computes the gradients on a team.</summary>
    internal void Run(ThreadTeam team)
    {
        _parts = Math.Max((Survivors.Blocks + MostBlocks - 1) / MostBlocks, team.PartsOf(Spans, Survivors.Blocks));
        team.Run(this, Spans * _parts);
        if (Partial is null)
            return;
        new SpanSum
        {
            Sums = Values, Slots = Survivors.Slots, Spans = Partial, Count = Spans, Length = Count,
            Accumulate = Accumulate,
        }.Run(team);
    }

    /// <inheritdoc/>
    public readonly void Run(int from, int to)
    {
        var copy = Layout.GroupFloats(Math.Min(BlockChannels, Sources)) * Layout.PatchGroups;
        var gradients = Survivors.Rows * Layout.TargetFloats * Layout.PatchGroups;
        var scratch = (float*)NativeMemory.AlignedAlloc(
            (nuint)(copy + gradients) * sizeof(float), FloatBuffer.Alignment);
        for (var item = from; item < to; item++)
        {
            var (span, part) = (item / _parts, item % _parts);
            var blocks = (Survivors.Blocks * part / _parts, Survivors.Blocks * (part + 1) / _parts);
            var first = (int)((long)Layout.Count * span / Spans);
            var last = (int)((long)Layout.Count * (span + 1) / Spans);
            for (var patch = first; patch < last; patch++)
            {
                RunPatch(
                    patch, blocks, new Copies(scratch, scratch + copy),
                    Partial is null ? Values : Partial + ((nint)span * Count),
                    patch > first || (Partial is null && Accumulate));
            }
        }

        NativeMemory.AlignedFree(scratch);
    }

    private readonly void RunPatch(int patch, (int From, int To) blocks, Copies copies, float* values, bool add)
    {
        var start = Layout.Start(patch);
        PatchCopy.ReadTarget(Layout, copies.Target, Dy, Survivors.Rows, start);
        for (var block = blocks.From; block < blocks.To; block++)
        {
            var channel = block * BlockChannels;
            var source = X + ((nint)channel * Layout.SourceHeight * Layout.SourceWidth * Layout.Lanes);
            var channels = Math.Min(BlockChannels, Sources - channel);
            PatchCopy.Source(Layout, copies.Source, source, channels, start);
            for (var group = 0; group < Layout.PatchGroups; group++)
            {
                var part = new Copies(
                    copies.Source + (group * Layout.GroupFloats(channels)),
                    copies.Target + (group * Survivors.Rows * Layout.TargetFloats));
                RunBlock(block, part, values, add || group > 0);
            }
        }
    }

    private readonly void RunBlock(int block, Copies copies, float* values, bool add)
    {
        var operands = new SparseTile.Operands
        {
            Starts = Survivors.Starts + (block * (Survivors.Rows + 1)), Targets = Survivors.Rows,
            Offsets = Offsets.Pointer, Values = values, Add = add,
            Segments = Layout.Segments, TargetChannel = Layout.TargetFloats,
        };
        for (var row = 0; row < Layout.Height; row += Layout.TileRows)
        {
            operands.Source = copies.Source + (row * Layout.Stride * Layout.RowFloats);
            operands.Target = copies.Target + (row * Layout.TargetRowFloats);
            switch (VectorWidth.Bits)
            {
                case 512: SparseTile.Gradients4x4<Lanes512>(operands); break;
                case 256: SparseTile.Gradients1x8<Lanes256>(operands); break;
                case 128: SparseTile.Gradients1x8<Lanes128>(operands); break;
                default: SparseTile.Gradients1x8<Lanes1>(operands); break;
            }

            operands.Add = true;
        }
    }

    /// <summary>Where a patch is copied to.</summary>
    private readonly struct Copies(float* source, float* target)
    {
        public readonly float* Source = source, Target = target;
    }
}

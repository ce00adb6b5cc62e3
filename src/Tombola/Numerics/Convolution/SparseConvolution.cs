using System.Runtime.InteropServices;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Sparse;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Convolution;

/// <summary>Computes target pixels from surviving weights alone: the forward pass and the input gradient.</summary>
/// <remarks>
/// A survivor is broadcast once and multiplied with sixteen vectors of source pixels, which lie in a copy that fits the
/// first-level cache. Sums run over blocks of source channels, channels and taps in order. An item is a patch: a few
/// rows of eight vectors of the target, all its channels or, with more threads than patches, a part of them.
/// </remarks>
internal unsafe struct SparseConvolution : IRangeWork
{
    /// <summary>Where the survivors are, with their distances in the layout's copy.</summary>
    public CompressedRows Survivors;
    public IndexBuffer Offsets;
    public PatchLayout Layout;

    /// <summary>Where runs of survivors end, if rows are left out.</summary>
    public IndexBuffer? Edges;

    /// <summary>Channels of the source, and those of a block.</summary>
    public int Sources, BlockChannels;

    /// <summary>The values of the survivors, in their order.</summary>
    public float* Values;

    /// <summary>The images.</summary>
    public float* Source, Target;

    /// <summary>One number a target channel to start the sums from, or null.</summary>
    public float* Bias;

    /// <summary>Whether the target's present content is added to, and whether ReLU follows.</summary>
    public bool Accumulate, Rectify;

    private int _parts;

    /// <summary>Computes the pass on a team.</summary>
    internal void Run(ThreadTeam team)
    {
        _parts = team.PartsOf(Layout.Count, Survivors.Rows);
        team.Run(this, Layout.Count * _parts);
    }

    /// <inheritdoc/>
    public readonly void Run(int from, int to)
    {
        var copy = Layout.GroupFloats(Math.Min(BlockChannels, Sources)) * Layout.PatchGroups;
        var sums = Survivors.Rows * Layout.TargetFloats * Layout.PatchGroups;
        var scratch = (float*)NativeMemory.AlignedAlloc((nuint)(copy + sums) * sizeof(float), FloatBuffer.Alignment);
        for (var item = from; item < to; item++)
            RunPatch(Layout.Start(item / _parts), item % _parts, scratch, scratch + copy);
        NativeMemory.AlignedFree(scratch);
    }

    private readonly void RunPatch((int Row, int Column, int Lane) start, int part, float* copy, float* sums)
    {
        int first = Survivors.Rows * part / _parts, targets = (Survivors.Rows * (part + 1) / _parts) - first;
        for (var block = 0; block < Survivors.Blocks; block++)
        {
            var channel = block * BlockChannels;
            var source = Source + ((nint)channel * Layout.SourceHeight * Layout.SourceWidth * Layout.Lanes);
            var channels = Math.Min(BlockChannels, Sources - channel);
            PatchCopy.Source(Layout, copy, source, channels, start);
            var operands = new SparseTile.Operands
            {
                Starts = Survivors.Starts + (block * (Survivors.Rows + 1)) + first, Targets = targets,
                Edges = Edges is null ? null : Edges.Pointer + (2 * ((block * Survivors.Rows) + first)),
                Offsets = Offsets.Pointer, Values = Values,
                Segments = Layout.Segments, TargetChannel = Layout.TargetFloats,
                Bias = Bias is null ? null : Bias + first, Add = block > 0,
            };
            for (var group = 0; group < Layout.PatchGroups; group++)
            {
                operands.Source = copy + (group * Layout.GroupFloats(channels));
                operands.Target = sums + (group * targets * Layout.TargetFloats);
                RunGroup(operands);
            }
        }

        var target = Target + ((nint)first * Layout.TargetHeight * Layout.TargetWidth * Layout.Lanes);
        PatchCopy.WriteTarget(Layout, target, sums, targets, start, new TargetWriting(Accumulate, Rectify));
    }

    private readonly void RunGroup(SparseTile.Operands operands)
    {
        for (var row = 0; row < Layout.Height; row += Layout.TileRows)
        {
            switch (VectorWidth.Bits)
            {
                case 512 when operands.Edges is not null: SparseSkippingTile.Products<Lanes512>(operands); break;
                case 512: SparseTile.Products4x4<Lanes512>(operands); break;
                case 256: SparseTile.Products1x8<Lanes256>(operands); break;
                case 128: SparseTile.Products1x8<Lanes128>(operands); break;
                default: SparseTile.Products1x8<Lanes1>(operands); break;
            }

            operands.Source += Layout.TileRows * Layout.Stride * Layout.RowFloats;
            operands.Target += Layout.TileFloats;
        }
    }
}

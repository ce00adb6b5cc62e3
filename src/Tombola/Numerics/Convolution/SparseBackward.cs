using System.Runtime.InteropServices;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Convolution;

/// <summary>Computes both gradients of a sparse convolution at once: that of the inputs and of the survivors.</summary>
/// <remarks>
/// It goes as <see cref="SparseConvolution"/> goes over the inputs' gradient, and has the inputs beside. An item is a
/// part of the input channels in a span of patches. Spans, of which there are as many as the extents say, are summed
/// apart and added up in order; parts share no survivor, so there may be as many as the threads need.
/// </remarks>
internal unsafe struct SparseBackward : IRangeWork
{
    public SparseConvolutionPlan Plan;

    /// <summary>The plan's, which are made when they are first asked for: not by several threads at once.</summary>
    public IndexBuffer Offsets;
    public IndexBuffer? Edges;

    /// <summary>The values of the survivors by input channel.</summary>
    public float* Values;

    /// <summary>The gradients of the survivors, where they are stored: a result.</summary>
    public float* Gradients;

    /// <summary>[spans, survivors], by input channel; null where the results may be written at once.</summary>
    public float* Partial;

    /// <summary>The gradient of the outputs, the inputs, and the gradient of the inputs: a result.</summary>
    public float* Dy, X, Dx;

    /// <summary>Whether the present gradients of the survivors, and of the inputs, are added to.</summary>
    public bool Accumulate, AccumulateInputs;

    private int _parts;

    private readonly PatchLayout Layout => Plan.BackwardLayout;

    private readonly int Spans => SparseWeightGradient.SpanCount(Plan.Pattern.Active, Layout);

    /// <summary>Computes the gradients on a team.</summary>
    internal void Run(ThreadTeam team)
    {
        _parts = team.PartsOf(Spans, Plan.Size.Inputs);
        team.Run(this, Spans * _parts);
        if (Partial is null)
            return;
        new SpanSum
        {
            Sums = Gradients, Slots = Plan.Pattern.Transposed.Slots, Spans = Partial, Count = Spans,
            Length = Plan.Pattern.Active, Accumulate = Accumulate,
        }.Run(team);
    }

    /// <inheritdoc/>
    public readonly void Run(int from, int to)
    {
        var block = Math.Min(Plan.Pattern.TransposedBlock, Plan.Size.Outputs);
        var copy = Layout.GroupFloats(block) * Layout.PatchGroups;
        var tiles = ((Plan.Size.Inputs + _parts - 1) / _parts) * Layout.TargetFloats * Layout.PatchGroups;
        var scratch = (float*)NativeMemory.AlignedAlloc(
            (nuint)(copy + (2 * tiles)) * sizeof(float), FloatBuffer.Alignment);
        for (var item = from; item < to; item++)
        {
            var (span, part) = (item / _parts, item % _parts);
            var first = (int)((long)Layout.Count * span / Spans);
            var last = (int)((long)Layout.Count * (span + 1) / Spans);
            for (var patch = first; patch < last; patch++)
            {
                RunPatch(
                    Layout.Start(patch), part, new Tiles(scratch, copy, tiles),
                    Partial is null ? Gradients : Partial + ((nint)span * Plan.Pattern.Active),
                    patch > first || (Partial is null && Accumulate));
            }
        }

        NativeMemory.AlignedFree(scratch);
    }

    private readonly void RunPatch(
        (int Row, int Column, int Lane) start, int part, Tiles tiles, float* gradients, bool add)
    {
        var survivors = Plan.Pattern.Transposed;
        int first = survivors.Rows * part / _parts, targets = (survivors.Rows * (part + 1) / _parts) - first;
        var plane = (nint)first * Layout.TargetHeight * Layout.TargetWidth * Layout.Lanes;
        PatchCopy.ReadTarget(Layout, tiles.Inputs, X + plane, targets, start);
        for (var block = 0; block < survivors.Blocks; block++)
        {
            var channel = block * Plan.Pattern.TransposedBlock;
            var source = Dy + ((nint)channel * Layout.SourceHeight * Layout.SourceWidth * Layout.Lanes);
            var channels = Math.Min(Plan.Pattern.TransposedBlock, Plan.Size.Outputs - channel);
            PatchCopy.Source(Layout, tiles.Source, source, channels, start);
            var operands = new SparseBackwardTile.Operands { Gradients = gradients, AddGradients = add };
            for (var group = 0; group < Layout.PatchGroups; group++)
            {
                operands.Inputs = tiles.Inputs + (group * targets * Layout.TargetFloats);
                operands.Products = new SparseTile.Operands
                {
                    Starts = survivors.Starts + (block * (survivors.Rows + 1)) + first, Targets = targets,
                    Edges = Edges is null ? null : Edges.Pointer + (2 * ((block * survivors.Rows) + first)),
                    Offsets = Offsets.Pointer, Values = Values,
                    Segments = Layout.Segments, TargetChannel = Layout.TargetFloats, Add = block > 0,
                    Source = tiles.Source + (group * Layout.GroupFloats(channels)),
                    Target = tiles.Gradient + (group * targets * Layout.TargetFloats),
                };
                RunGroup(ref operands);
            }
        }

        var writing = new TargetWriting(AccumulateInputs, Rectify: false);
        PatchCopy.WriteTarget(Layout, Dx + plane, tiles.Gradient, targets, start, writing);
    }

    private readonly void RunGroup(ref SparseBackwardTile.Operands operands)
    {
        for (var row = 0; row < Layout.Height; row += Layout.TileRows)
        {
            switch (VectorWidth.Bits)
            {
                case 512 when operands.Products.Edges is not null:
                    SparseSkippingTile.Backward<Lanes512>(operands);
                    break;
                case 512: SparseBackwardTile.Run4x4<Lanes512>(operands); break;
                case 256: SparseBackwardTile.Run1x8<Lanes256>(operands); break;
                case 128: SparseBackwardTile.Run1x8<Lanes128>(operands); break;
                default: SparseBackwardTile.Run1x8<Lanes1>(operands); break;
            }

            operands.AddGradients = true;
            operands.Inputs += Layout.TileFloats;
            operands.Products.Source += Layout.TileRows * Layout.Stride * Layout.RowFloats;
            operands.Products.Target += Layout.TileFloats;
        }
    }

    /// <summary>Where a patch is: the outputs' gradient, the inputs, and the sums of theirs.</summary>
    private readonly struct Tiles(float* scratch, int copy, int tiles)
    {
        public readonly float* Source = scratch, Inputs = scratch + copy, Gradient = scratch + copy + tiles;
    }
}

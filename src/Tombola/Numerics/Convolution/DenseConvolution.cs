using System.Runtime.InteropServices;
using Tombola.Numerics.Dense;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;

namespace Tombola.Numerics.Convolution;

/// <summary>Computes target pixels as sums over source channels and taps: the forward pass and the input gradient.
/// </summary>
/// <remarks>
/// Direct, without unfolding the image: each pixel of the target is a small dense product whose rows of B are the
/// source pixels under the kernel. Terms in the padding are left out. An item is a tile of pixels in one panel of 64
/// lanes and, with more threads than tiles, a part of the target channels. Sums are never split, and run over channels
/// and taps in order.
/// </remarks>
internal unsafe struct DenseConvolution : IRangeWork
{
    // Sums that wait for the next block of channels do so in one place, if that fits the second-level cache.
    private const int MostSums = 128 * 1024;

    /// <summary>Where the terms of each target pixel are.</summary>
    public TapTable Taps;

    /// <summary>Channels of source and target, and lanes of a pixel.</summary>
    public int Sources, Targets, Lanes;

    /// <summary>Columns of the source, and floats of a channel of source and target.</summary>
    public int SourceWidth;
    public nint SourceChannel, TargetChannel;

    /// <summary>The weights, with the distance between target channels and between source channels.</summary>
    public float* Weights;
    public nint WeightTarget, WeightSource;

    /// <summary>The images.</summary>
    public float* Source, Target;

    /// <summary>One number a target channel to start the sums from, or null.</summary>
    public float* Bias;

    /// <summary>Whether the target's present content is added to, and whether ReLU follows.</summary>
    public bool Accumulate, Rectify;

    private int _parts;
    private bool _sumsAside;

    private readonly int Panels => (Lanes + DenseProduct.PanelColumns - 1) / DenseProduct.PanelColumns;

    /// <summary>Computes the pass on a team.</summary>
    internal void Run(ThreadTeam team)
    {
        var items = Panels * Taps.Tiles.Count;
        _parts = team.PartsOf(items, Targets / Dense.Tile.Rows);
        // Of all channels, not of a part: what is added to what must not depend on the threads.
        _sumsAside = Sources > Taps.BlockChannels && Targets * SumsChannel <= MostSums;
        team.Run(this, items * _parts);
    }

    /// <inheritdoc/>
    public readonly void Run(int from, int to)
    {
        var window = Taps.BlockChannels * Taps.WindowFloats;
        var scratch = (float*)NativeMemory.AlignedAlloc(
            (nuint)(window + MostSums) * sizeof(float), FloatBuffer.Alignment);
        for (var item = from; item < to; item++)
        {
            var (tile, part) = (item / _parts, item % _parts);
            new Tile
            {
                Pass = Part(part), Index = tile % Taps.Tiles.Count,
                Lane = tile / Taps.Tiles.Count * DenseProduct.PanelColumns, Window = scratch, Sums = scratch + window,
            }.Run();
        }

        NativeMemory.AlignedFree(scratch);
    }

    private readonly nint SumsChannel => Taps.Tiles.MostPixels * Taps.PanelLanes;

    /// <summary>The pass for a part of the target channels.</summary>
    private readonly DenseConvolution Part(int part)
    {
        var (first, end) = (Targets * part / _parts, Targets * (part + 1) / _parts);
        return this with
        {
            Targets = end - first, Target = Target + (first * TargetChannel),
            Weights = Weights + (first * WeightTarget), Bias = Bias is null ? null : Bias + first,
        };
    }

    /// <summary>One item at work.</summary>
    private struct Tile
    {
        public DenseConvolution Pass;
        public int Index, Lane;
        public float* Window, Sums;

        private readonly TapTable Taps => Pass.Taps;

        private readonly int PanelLanes => Math.Min(Taps.PanelLanes, Pass.Lanes - Lane);

        public readonly void Run()
        {
            for (var channel = 0; channel < Pass.Sources; channel += Taps.BlockChannels)
                RunBlock(channel, Math.Min(Taps.BlockChannels, Pass.Sources - channel));
            if (Pass._sumsAside || Pass.Rectify)
                WriteSums();
        }

        private readonly void WriteSums()
        {
            var (rows, columns) = (Taps.Tiles.Rows(Index), Taps.Tiles.Columns(Index));
            var write = new WindowCopy
            {
                Image = Pass.Target + Lane, ImageChannel = Pass.TargetChannel,
                ImageWidth = Taps.Tiles.TargetWidth, Lanes = Pass.Lanes, Channels = Pass.Targets,
                Copy = Sums, CopyChannel = Pass.SumsChannel, CopyWidth = columns.Count, CopyPixel = Taps.PanelLanes,
                CopyLanes = PanelLanes,
                Row = rows.First, Height = rows.Count, Column = columns.First, Width = columns.Count,
            };
            if (!Pass._sumsAside)
            {
                // They are in the image already, which is then written to itself.
                write.Copy = write.Image + (((rows.First * (nint)write.ImageWidth) + columns.First) * Pass.Lanes);
                (write.CopyChannel, write.CopyWidth) = (write.ImageChannel, write.ImageWidth);
                write.CopyPixel = Pass.Lanes;
            }

            write.Write(new TargetWriting(Pass._sumsAside && Pass.Accumulate, Pass.Rectify));
        }

        private readonly void RunBlock(int channel, int channels)
        {
            var (rows, columns) = (Taps.Tiles.Rows(Index), Taps.Tiles.Columns(Index));
            new WindowCopy
            {
                Image = Pass.Source + (channel * Pass.SourceChannel) + Lane, ImageChannel = Pass.SourceChannel,
                ImageWidth = Pass.SourceWidth, Lanes = Pass.Lanes, Channels = channels,
                Copy = Window, CopyChannel = Taps.WindowFloats, CopyWidth = Taps.Tiles.Width,
                CopyPixel = Taps.PanelLanes, CopyLanes = PanelLanes,
                Row = rows.Source, Height = rows.SourceCount, Column = columns.Source, Width = columns.SourceCount,
            }.Read();
            for (var row = rows.First; row < rows.First + rows.Count; row++)
            {
                for (var column = columns.First; column < columns.First + columns.Count; column++)
                    RunPixel(row, column, channel, channels);
            }
        }

        private readonly void RunPixel(int row, int column, int channel, int channels)
        {
            var terms = Taps.Terms(row, column, out var perChannel);
            var start = channel > 0 || (Pass.Accumulate && !Pass._sumsAside) ? TileStart.Content
                : Pass.Bias is null ? TileStart.Zero : TileStart.Bias;
            if (perChannel == 0 && start == TileStart.Content)
                return;
            var product = new PixelProduct
            {
                Pass = Pass, Depth = channels * perChannel, Start = start, Columns = PanelLanes,
                Source = Window + Taps.Origin(Index, row, column),
                Weights = Pass.Weights + (channel * Pass.WeightSource),
                Target = Pass.Target + ((((nint)row * Taps.Tiles.TargetWidth) + column) * Pass.Lanes) + Lane,
                TargetChannel = Pass.TargetChannel,
            };
            if (Pass._sumsAside)
            {
                var (rows, columns) = (Taps.Tiles.Rows(Index), Taps.Tiles.Columns(Index));
                product.Target = Sums
                    + ((((row - rows.First) * columns.Count) + column - columns.First) * Taps.PanelLanes);
                product.TargetChannel = Pass.SumsChannel;
            }

            product.Run(terms);
        }
    }

    /// <summary>All target channels of one pixel.</summary>
    private struct PixelProduct
    {
        public DenseConvolution Pass;
        public int Depth, Columns;
        public TileStart Start;
        public float* Source, Weights, Target;
        public nint TargetChannel;

        public readonly void Run(PairedDepth terms)
        {
            var operands = new Dense.Tile.Operands { Depth = Depth, Start = Start };
            for (var row = 0; row < Pass.Targets; row += Dense.Tile.Rows)
            {
                SetRows(ref operands, row);
                operands.B = Source;
                operands.Rows = Math.Min(Dense.Tile.Rows, Pass.Targets - row);
                TileRow.Run(ref operands, Columns, terms);
            }
        }

        private readonly void SetRows(ref Dense.Tile.Operands operands, int row)
        {
            var last = Pass.Targets - 1;
            int r1 = Math.Min(row + 1, last), r2 = Math.Min(row + 2, last), r3 = Math.Min(row + 3, last);
            int r4 = Math.Min(row + 4, last), r5 = Math.Min(row + 5, last);
            operands.A0 = Weights + (row * Pass.WeightTarget);
            operands.C0 = Target + (row * TargetChannel);
            operands.A1 = Weights + (r1 * Pass.WeightTarget);
            operands.C1 = Target + (r1 * TargetChannel);
            operands.A2 = Weights + (r2 * Pass.WeightTarget);
            operands.C2 = Target + (r2 * TargetChannel);
            operands.A3 = Weights + (r3 * Pass.WeightTarget);
            operands.C3 = Target + (r3 * TargetChannel);
            operands.A4 = Weights + (r4 * Pass.WeightTarget);
            operands.C4 = Target + (r4 * TargetChannel);
            operands.A5 = Weights + (r5 * Pass.WeightTarget);
            operands.C5 = Target + (r5 * TargetChannel);
            if (operands.Start != TileStart.Bias)
                return;
            (operands.Bias0, operands.Bias1, operands.Bias2) = (Pass.Bias[row], Pass.Bias[r1], Pass.Bias[r2]);
            (operands.Bias3, operands.Bias4, operands.Bias5) = (Pass.Bias[r3], Pass.Bias[r4], Pass.Bias[r5]);
        }
    }
}

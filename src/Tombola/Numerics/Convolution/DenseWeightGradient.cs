using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Convolution;

/// <summary>Computes the gradient of dense weights: for each the products of gradient and input, summed over pixels
/// and examples.</summary>
/// <remarks>
/// The lanes are what is summed over, so eight output channels and three taps are kept as vectors of partial sums and
/// reduced once a tile of pixels; nothing is transposed. A tile's gradients and window are copied together first, then
/// every pair of channels is computed from the second-level cache. An item is a part of the output channels by a part
/// of the input channels; it goes through all tiles in order.
/// </remarks>
internal unsafe struct DenseWeightGradient : IRangeWork
{
    private const int PartInputs = 32;
    private const int PartOutputs = 64;
    private const int WantedItems = 16;

    /// <summary>The extents.</summary>
    public ConvolutionSize Size;

    /// <summary>Which pixels meet.</summary>
    public PixelPairs Pairs;

    /// <summary>[outputs, inputs, kernel, kernel].</summary>
    public float* Dw;

    /// <summary>[outputs, pixels, lanes] and [inputs, pixels, lanes].</summary>
    public float* Dy, X;

    /// <summary>One pixel of zeros.</summary>
    public float* Zeros;

    /// <summary>Whether the present content of Dw is added to.</summary>
    public bool Accumulate;

    /// <summary>[spans, outputs × inputs × taps]: the sums of each span of tiles, where there are several.</summary>
    public float* Partial;

    private readonly int InputParts => (Size.Inputs + PartInputs - 1) / PartInputs;

    private readonly int OutputParts => (Size.Outputs + PartOutputs - 1) / PartOutputs;

    /// <summary>
    /// Number of spans of tiles that are summed apart, so that small layers too make items enough for many threads.
    /// It depends on the extents alone, as the bits must.
    /// </summary>
    internal static int Spans(in ConvolutionSize size, PixelPairs pairs)
    {
        var parts = ((size.Inputs + PartInputs - 1) / PartInputs) * ((size.Outputs + PartOutputs - 1) / PartOutputs);
        return Math.Clamp(WantedItems / parts, 1, pairs.Tiles.Count);
    }

    /// <summary>Computes the gradient on a team.</summary>
    internal readonly void Run(ThreadTeam team)
    {
        var spans = Spans(Size, Pairs);
        team.Run(this, OutputParts * InputParts * spans);
        if (spans > 1)
        {
            new SpanSum
            {
                Sums = Dw, Spans = Partial, Count = spans, Length = Size.Outputs * Size.Inputs * Size.Taps,
                Accumulate = Accumulate,
            }.Run(team);
        }
    }

    /// <inheritdoc/>
    public readonly void Run(int from, int to)
    {
        var tiles = Pairs.Tiles;
        nint dy = (nint)tiles.MostPixels * Pairs.PanelLanes, x = (nint)tiles.Height * tiles.Width * Pairs.PanelLanes;
        // A tile of eight channels, or a triple of them, may reach beyond the part; the sums are dropped.
        nint gradients = (PartOutputs + CorrelationTile.Rows) * dy, inputs = (PartInputs + PixelPairs.GroupTaps) * x;
        var scratch = (float*)NativeMemory.AlignedAlloc(
            (nuint)(gradients + inputs) * sizeof(float), FloatBuffer.Alignment);
        NativeMemory.Clear(scratch, (nuint)(gradients + inputs) * sizeof(float));
        int spans = Spans(Size, Pairs), parts = InputParts * OutputParts;
        for (var item = from; item < to; item++)
        {
            var (span, index) = (item / parts, item % parts);
            var part = new Part
            {
                Pass = this, Gradients = scratch, Inputs = scratch + gradients, GradientChannel = dy, InputChannel = x,
                FirstOutput = index / InputParts * PartOutputs, FirstInput = index % InputParts * PartInputs,
                FirstTile = (int)((long)tiles.Count * span / spans), Overwrite = spans > 1 || !Accumulate,
                LastTile = (int)((long)tiles.Count * (span + 1) / spans),
                Sums = spans > 1 ? Partial + ((nint)span * Size.Outputs * Size.Inputs * Size.Taps) : Dw,
            };
            part.OutputCount = Math.Min(PartOutputs, Size.Outputs - part.FirstOutput);
            part.InputCount = Math.Min(PartInputs, Size.Inputs - part.FirstInput);
            part.Run();
        }

        NativeMemory.AlignedFree(scratch);
    }

    /// <summary>One item at work.</summary>
    private struct Part
    {
        public DenseWeightGradient Pass;
        public int FirstOutput, OutputCount, FirstInput, InputCount;
        public int FirstTile, LastTile;
        public float* Gradients, Inputs, Sums;
        public nint GradientChannel, InputChannel;
        public bool Overwrite;

        private readonly bool Wide => Pass.Size.Kernel > 1;

        public readonly void Run()
        {
            for (var tile = FirstTile; tile < LastTile; tile++)
            {
                for (var lane = 0; lane < Pass.Size.Lanes; lane += Pass.Pairs.PanelLanes)
                {
                    var lanes = Math.Min(Pass.Pairs.PanelLanes, Pass.Size.Lanes - lane);
                    CopyTile(tile, lane, lanes);
                    RunTile(tile, lanes, Overwrite && tile == FirstTile && lane == 0);
                }
            }
        }

        private readonly void RunTile(int tile, int lanes, bool overwrite)
        {
            // A kernel one column wide takes three channels at a time.
            var step = Wide ? 1 : PixelPairs.GroupTaps;
            for (var output = 0; output < OutputCount; output += CorrelationTile.Rows)
            {
                for (var input = 0; input < InputCount; input += step)
                {
                    for (var group = 0; group < Pass.Pairs.Groups; group++)
                        RunGroup((tile, group), output, input, lanes, overwrite);
                }
            }
        }

        private readonly void CopyTile(int tile, int lane, int lanes)
        {
            var (size, tiles) = (Pass.Size, Pass.Pairs.Tiles);
            var (rows, columns) = (tiles.Rows(tile), tiles.Columns(tile));
            nint outputChannel = (nint)size.OutputPixels * size.Lanes;
            nint inputChannel = (nint)size.InputPixels * size.Lanes;
            new WindowCopy
            {
                Image = Pass.Dy + (FirstOutput * outputChannel) + lane, ImageChannel = outputChannel,
                ImageWidth = size.OutputWidth, Lanes = size.Lanes, Channels = OutputCount,
                Copy = Gradients, CopyChannel = GradientChannel, CopyWidth = columns.Count,
                CopyPixel = Pass.Pairs.PanelLanes, CopyLanes = lanes,
                Row = rows.First, Height = rows.Count, Column = columns.First, Width = columns.Count,
            }.Read();
            new WindowCopy
            {
                Image = Pass.X + (FirstInput * inputChannel) + lane, ImageChannel = inputChannel,
                ImageWidth = size.Width, Lanes = size.Lanes, Channels = InputCount,
                Copy = Inputs, CopyChannel = InputChannel, CopyWidth = tiles.Width,
                CopyPixel = Pass.Pairs.PanelLanes, CopyLanes = lanes,
                Row = rows.Source, Height = rows.SourceCount, Column = columns.Source, Width = columns.SourceCount,
            }.Read();
        }

        [SkipLocalsInit]
        private readonly void RunGroup((int Tile, int Index) group, int output, int input, int lanes, bool overwrite)
        {
            var operands = new CorrelationTile.Operands
            {
                Dy = Gradients + (output * GradientChannel), DyRow = GradientChannel,
                X0 = Inputs + (input * InputChannel),
                X1 = Inputs + ((Wide ? input : input + 1) * InputChannel),
                X2 = Inputs + ((Wide ? input : input + 2) * InputChannel),
                Zeros = Pass.Zeros, Lanes = lanes,
            };
            operands.Entries = Pass.Pairs.Entries(group.Tile, group.Index, out operands.Count);
            var sums = stackalloc float[CorrelationTile.Rows * 4];
            switch (VectorWidth.Bits)
            {
                case 512: CorrelationTile.Run8x3<Lanes512>(operands, sums); break;
                case 256: CorrelationTile.Run8x3<Lanes256>(operands, sums); break;
                case 128: CorrelationTile.Run8x3<Lanes128>(operands, sums); break;
                default: CorrelationTile.Run8x3<Lanes1>(operands, sums); break;
            }

            Add(sums, output, input, group.Index, overwrite);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private readonly void Add(float* sums, int output, int input, int group, bool overwrite)
        {
            ref readonly var size = ref Pass.Size;
            var (kernel, taps, rowGroups) = (size.Kernel, size.Taps, Pass.Pairs.RowGroups);
            var first = Wide ? group % rowGroups * PixelPairs.GroupTaps : input;
            var count = Math.Min(PixelPairs.GroupTaps, (Wide ? kernel : InputCount) - first);
            var row = (nint)size.Inputs * taps;
            var dw = Sums + ((FirstOutput + output) * row) + ((nint)FirstInput * taps)
                + (Wide ? (input * taps) + (group / rowGroups * kernel) + first : first);
            var left = Math.Min(CorrelationTile.Rows, OutputCount - output);
            for (; left > 0; left--, dw += row, sums += 4)
            {
                for (var i = 0; i < count; i++)
                    dw[i] = overwrite ? sums[i] : dw[i] + sums[i];
            }
        }
    }
}

using System.Runtime.CompilerServices;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Convolution;

/// <summary>Computes the gradient of dense weights: for each the products of gradient and input, summed over pixels
/// and examples.</summary>
/// <remarks>
/// The lanes are what is summed over, so eight output channels and three taps are kept as vectors of partial sums and
/// reduced once a block of pixels; nothing is transposed. The gradients of eight channels in a block of pixels stay in
/// the first-level cache while all input channels pass. An item is eight output channels by a part of the input channels.
/// </remarks>
internal unsafe struct DenseWeightGradient : IRangeWork
{
    private const int PartChannels = 48;

    /// <summary>Output pixels of a block for 64 lanes.</summary>
    internal const int BlockPixels = 16;

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

    private readonly int Parts => (Size.Inputs + PartChannels - 1) / PartChannels;

    // Fewer channels than a tile has rows go one by one, each repeated in all rows.
    private readonly int TileRows => Size.Outputs < CorrelationTile.Rows ? 1 : CorrelationTile.Rows;

    /// <summary>Computes the gradient on a team.</summary>
    internal readonly void Run(ThreadTeam team) => team.Run(this, (Size.Outputs + TileRows - 1) / TileRows * Parts);

    /// <inheritdoc/>
    public readonly void Run(int from, int to)
    {
        for (var item = from; item < to; item++)
        {
            var channel = item % Parts * PartChannels;
            RunItem(item / Parts * TileRows, channel, Math.Min(Size.Inputs, channel + PartChannels));
        }
    }

    private readonly void RunItem(int row, int firstChannel, int lastChannel)
    {
        // A kernel one column wide takes three channels at a time.
        var step = Size.Kernel == 1 ? PixelPairs.GroupTaps : 1;
        for (var block = 0; block < Pairs.Blocks; block++)
        {
            for (var channel = firstChannel; channel < lastChannel; channel += step)
            {
                for (var group = 0; group < Pairs.Groups; group++)
                    RunTile(row, channel, group, block);
            }
        }
    }

    [SkipLocalsInit]
    private readonly void RunTile(int row, int channel, int group, int block)
    {
        nint inputChannel = (nint)Size.InputPixels * Size.Lanes, last = Size.Inputs - 1;
        var wide = Size.Kernel > 1;
        var operands = new CorrelationTile.Operands
        {
            DyRow = (nint)Size.OutputPixels * Size.Lanes, Zeros = Zeros, Lanes = Size.Lanes,
            X0 = X + (channel * inputChannel),
            X1 = X + (wide ? channel * inputChannel : Math.Min(channel + 1, last) * inputChannel),
            X2 = X + (wide ? channel * inputChannel : Math.Min(channel + 2, last) * inputChannel),
        };
        // The last tile reaches back to channels of another item, whose sums are then dropped.
        var start = Math.Min(row, Size.Outputs - TileRows);
        operands.Dy = Dy + (start * operands.DyRow);
        if (TileRows == 1)
            operands.DyRow = 0;
        operands.Entries = Pairs.Entries(group, block, out operands.Count);
        var sums = stackalloc float[CorrelationTile.Rows * 4];
        switch (VectorWidth.Bits)
        {
            case 512: CorrelationTile.Run8x3<Lanes512>(operands, sums); break;
            case 256: CorrelationTile.Run8x3<Lanes256>(operands, sums); break;
            case 128: CorrelationTile.Run8x3<Lanes128>(operands, sums); break;
            default: CorrelationTile.Run8x3<Lanes1>(operands, sums); break;
        }

        for (var i = row - start; i < TileRows; i++)
            Add(sums + (4 * i), start + i, channel, group, overwrite: block == 0 && !Accumulate);
    }

    private readonly void Add(float* sums, int row, int channel, int group, bool overwrite)
    {
        var wide = Size.Kernel > 1;
        var first = wide ? group % Pairs.RowGroups * PixelPairs.GroupTaps : channel;
        var count = Math.Min(PixelPairs.GroupTaps, (wide ? Size.Kernel : Size.Inputs) - first);
        var dw = Dw + ((nint)row * Size.Inputs * Size.Taps)
            + (wide ? (channel * Size.Taps) + (group / Pairs.RowGroups * Size.Kernel) + first : first);
        for (var i = 0; i < count; i++)
            dw[i] = overwrite ? sums[i] : dw[i] + sums[i];
    }
}

using System.Runtime.CompilerServices;
using Tombola.Numerics.Dense;
using Tombola.Numerics.Threads;

namespace Tombola.Numerics.Convolution;

/// <summary>Computes target pixels as sums over source channels and taps: the forward pass and the input gradient.</summary>
/// <remarks>
/// Direct, without unfolding the image: each pixel of the target is a small dense product whose rows of B are the source
/// pixels under the kernel. Terms in the padding are left out. An item is a strip of eight pixels in one panel of 64
/// lanes. Sums are never split, and run over channels and taps in order.
/// </remarks>
internal struct DenseConvolution : IRangeWork
{
    private const int StripPixels = 8;

    /// <summary>Where the terms of each target pixel are.</summary>
    public TapTable Taps;

    /// <summary>Channels of source and target, pixels of a target channel, lanes of a pixel.</summary>
    public int Sources, Targets, TargetPixels, Lanes;

    /// <summary>Floats of a source channel.</summary>
    public nint SourceChannel;

    /// <summary>The weights, with the distance between target channels and between source channels.</summary>
    public unsafe float* Weights;
    public nint WeightTarget, WeightSource;

    /// <summary>The images.</summary>
    public unsafe float* Source, Target;

    /// <summary>One number a target channel to start the sums from, or null.</summary>
    public unsafe float* Bias;

    /// <summary>Whether the target's present content is added to.</summary>
    public bool Accumulate;

    private readonly int Panels => (Lanes + DenseProduct.PanelColumns - 1) / DenseProduct.PanelColumns;

    private readonly int Strips => (TargetPixels + StripPixels - 1) / StripPixels;

    /// <summary>Computes the pass on a team.</summary>
    internal readonly void Run(ThreadTeam team) => team.Run(this, Panels * Strips);

    /// <inheritdoc/>
    public readonly void Run(int from, int to)
    {
        for (var item = from; item < to; item++)
            RunStrip(item / Strips, item % Strips * StripPixels);
    }

    [SkipLocalsInit]
    private readonly void RunStrip(int panel, int firstPixel)
    {
        var last = Math.Min(firstPixel + StripPixels, TargetPixels);
        for (var channel = 0; channel < Sources; channel += Taps.BlockChannels)
        {
            var channels = Math.Min(Taps.BlockChannels, Sources - channel);
            for (var pixel = firstPixel; pixel < last; pixel++)
                RunPixel(panel * DenseProduct.PanelColumns, pixel, channel, channels);
        }
    }

    private readonly unsafe void RunPixel(int lane, int pixel, int channel, int channels)
    {
        var operands = new Tile.Operands
        {
            Depth = channels * Taps.TermsPerChannel(pixel),
            Start = Accumulate || channel > 0 ? TileStart.Content : Bias is null ? TileStart.Zero : TileStart.Bias,
        };
        if (operands.Depth == 0 && operands.Start == TileStart.Content)
            return;
        var terms = Taps.Terms(pixel);
        var source = Source + (channel * SourceChannel) + Taps.Origin(pixel) + lane;
        var weights = Weights + (channel * WeightSource);
        var target = Target + ((nint)pixel * Lanes) + lane;
        var targetChannel = (nint)TargetPixels * Lanes;
        var columns = Math.Min(DenseProduct.PanelColumns, Lanes - lane);
        for (var row = 0; row < Targets; row += Tile.Rows)
        {
            SetRows(ref operands, row, weights, target, targetChannel);
            operands.B = source;
            TileRow.Run(ref operands, columns, terms);
        }
    }

    private readonly unsafe void SetRows(
        ref Tile.Operands operands, int row, float* weights, float* target, nint targetChannel)
    {
        var last = Targets - 1;
        int r1 = Math.Min(row + 1, last), r2 = Math.Min(row + 2, last), r3 = Math.Min(row + 3, last);
        int r4 = Math.Min(row + 4, last), r5 = Math.Min(row + 5, last);
        operands.A0 = weights + (row * WeightTarget);
        operands.C0 = target + (row * targetChannel);
        operands.A1 = weights + (r1 * WeightTarget);
        operands.C1 = target + (r1 * targetChannel);
        operands.A2 = weights + (r2 * WeightTarget);
        operands.C2 = target + (r2 * targetChannel);
        operands.A3 = weights + (r3 * WeightTarget);
        operands.C3 = target + (r3 * targetChannel);
        operands.A4 = weights + (r4 * WeightTarget);
        operands.C4 = target + (r4 * targetChannel);
        operands.A5 = weights + (r5 * WeightTarget);
        operands.C5 = target + (r5 * targetChannel);
        if (operands.Start != TileStart.Bias)
            return;
        (operands.Bias0, operands.Bias1, operands.Bias2) = (Bias[row], Bias[r1], Bias[r2]);
        (operands.Bias3, operands.Bias4, operands.Bias5) = (Bias[r3], Bias[r4], Bias[r5]);
    }
}

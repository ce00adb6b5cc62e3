using Tombola.Numerics.Dense;
using Tombola.Numerics.Memory;

namespace Tombola.Numerics.Convolution;

/// <summary>For every target pixel of a pass, where its terms are: weights and source pixels as distances.</summary>
/// <remarks>
/// Source pixels are those of a tile's window, 64 lanes each. One list serves a class of pixels and a block of source
/// channels; the next block is reached by moving the pointers. A block has so many channels that what a pixel reads, a
/// row of 64 lanes for each term, stays in the first-level cache.
/// </remarks>
internal sealed unsafe class TapTable : IDisposable
{
    private const int BlockDepth = 128;

    // Two rows of pixels share most of what they read; with many target channels their sums would leave the cache.
    private const int TilePixels = 16;
    private const int ManyTargets = 128;

    private readonly AxisTaps _rows;
    private readonly AxisTaps _columns;
    private readonly IndexBuffer _terms;
    private readonly int[] _starts;
    private readonly int[] _counts;

    private TapTable(AxisTaps rows, AxisTaps columns, int kernel, (int Sources, int Targets) channels,
        int lanes, int weightChannelStep)
    {
        (_rows, _columns) = (rows, columns);
        Tiles = new TileWindows(rows, columns, channels.Targets > ManyTargets ? TilePixels / 2 : TilePixels);
        PanelLanes = Math.Min(lanes, DenseProduct.PanelColumns);
        // Blocks of equal size: a small remainder would load and store all sums for little.
        var blocks = Math.Max(1, (int)Math.Round(channels.Sources * kernel * kernel / (double)BlockDepth));
        BlockChannels = (channels.Sources + blocks - 1) / blocks;
        _starts = new int[rows.Classes.Count * columns.Classes.Count];
        _counts = new int[_starts.Length];
        var terms = new List<int>();
        for (var i = 0; i < _starts.Length; i++)
        {
            var (row, column) = (rows.Classes[i / columns.Classes.Count], columns.Classes[i % columns.Classes.Count]);
            (_starts[i], _counts[i]) = (terms.Count, row.Length * column.Length);
            for (var channel = 0; channel < BlockChannels; channel++)
            {
                foreach (var (r, down) in row)
                {
                    foreach (var (s, right) in column)
                    {
                        terms.Add((channel * weightChannelStep) + (r * kernel) + s);
                        terms.Add((channel * WindowFloats) + (((down * Tiles.Width) + right) * PanelLanes));
                    }
                }
            }
        }

        _terms = new IndexBuffer([.. terms]);
    }

    /// <summary>Source channels of a block.</summary>
    internal int BlockChannels { get; }

    /// <summary>Lanes of a pixel in a window.</summary>
    internal int PanelLanes { get; }

    /// <summary>The tiles of target pixels.</summary>
    internal TileWindows Tiles { get; }

    /// <summary>Floats of a window's channel.</summary>
    internal int WindowFloats => Tiles.Height * Tiles.Width * PanelLanes;

    /// <summary>The table of the forward pass: sources are inputs.</summary>
    internal static TapTable Forward(in ConvolutionSize size) =>
        new(AxisTaps.Forward(size.Height, size.OutputHeight, size.Kernel, size.Stride, size.Padding),
            AxisTaps.Forward(size.Width, size.OutputWidth, size.Kernel, size.Stride, size.Padding),
            size.Kernel, (size.Inputs, size.Outputs), size.Lanes, size.Taps);

    /// <summary>The table of the input gradient: sources are outputs.</summary>
    internal static TapTable Backward(in ConvolutionSize size) =>
        new(AxisTaps.Backward(size.Height, size.OutputHeight, size.Kernel, size.Stride, size.Padding),
            AxisTaps.Backward(size.Width, size.OutputWidth, size.Kernel, size.Stride, size.Padding),
            size.Kernel, (size.Outputs, size.Inputs), size.Lanes, size.Inputs * size.Taps);

    /// <summary>The distance in floats of a target pixel's origin from the start of its tile's window.</summary>
    internal int Origin(int tile, int row, int column)
    {
        var (rows, columns) = (Tiles.Rows(tile), Tiles.Columns(tile));
        return (((_rows.Origin[row] - rows.Source) * Tiles.Width) + _columns.Origin[column] - columns.Source)
            * PanelLanes;
    }

    /// <summary>The terms of a target pixel in a block of source channels, and their number in each channel.</summary>
    internal PairedDepth Terms(int row, int column, out int perChannel)
    {
        var i = (_rows.Class[row] * _columns.Classes.Count) + _columns.Class[column];
        perChannel = _counts[i];
        return new PairedDepth(_terms.Pointer + _starts[i]);
    }

    /// <inheritdoc/>
    public void Dispose() => _terms.Dispose();
}

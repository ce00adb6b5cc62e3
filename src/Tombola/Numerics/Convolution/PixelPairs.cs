using Tombola.Numerics.Dense;
using Tombola.Numerics.Memory;

namespace Tombola.Numerics.Convolution;

/// <summary>For the weight gradient: which output pixels meet which input pixels under each tap.</summary>
/// <remarks>
/// Taps come in groups of three: neighbours in a row of the kernel, which read overlapping pixels, or, for kernels one
/// column wide, the same tap of three channels. An entry is an output pixel of a tile and the three input pixels of its
/// window, as distances in floats; −1 for a pixel in the padding.
/// </remarks>
internal sealed unsafe class PixelPairs : IDisposable
{
    /// <summary>Taps of a group.</summary>
    internal const int GroupTaps = 3;

    /// <summary>Integers of an entry.</summary>
    internal const int EntryLength = 4;

    private const int TilePixels = 16;

    private readonly IndexBuffer _entries;
    private readonly int[] _starts;

    /// <summary>Builds the entries.</summary>
    internal PixelPairs(in ConvolutionSize size)
    {
        Tiles = new TileWindows(
            AxisTaps.Forward(size.Height, size.OutputHeight, size.Kernel, size.Stride, size.Padding),
            AxisTaps.Forward(size.Width, size.OutputWidth, size.Kernel, size.Stride, size.Padding),
            TilePixels);
        PanelLanes = Math.Min(size.Lanes, DenseProduct.PanelColumns);
        RowGroups = (size.Kernel + GroupTaps - 1) / GroupTaps;
        Groups = size.Kernel * RowGroups;
        var entries = new List<int>();
        _starts = new int[(Groups * Tiles.Count) + 1];
        for (var tile = 0; tile < Tiles.Count; tile++)
        {
            for (var group = 0; group < Groups; group++)
            {
                AddEntries(entries, size, tile, group);
                _starts[(tile * Groups) + group + 1] = entries.Count;
            }
        }

        _entries = new IndexBuffer([.. entries]);
    }

    /// <summary>The tiles of output pixels.</summary>
    internal TileWindows Tiles { get; }

    /// <summary>Lanes of a pixel in a tile and its window.</summary>
    internal int PanelLanes { get; }

    /// <summary>Groups in a row of the kernel.</summary>
    internal int RowGroups { get; }

    /// <summary>Groups of the kernel.</summary>
    internal int Groups { get; }

    /// <summary>The entries of a group in a tile, and their number.</summary>
    internal int* Entries(int tile, int group, out int count)
    {
        var i = (tile * Groups) + group;
        count = (_starts[i + 1] - _starts[i]) / EntryLength;
        return _entries.Pointer + _starts[i];
    }

    /// <inheritdoc/>
    public void Dispose() => _entries.Dispose();

    private void AddEntries(List<int> entries, in ConvolutionSize size, int tile, int group)
    {
        var (rows, columns) = (Tiles.Rows(tile), Tiles.Columns(tile));
        for (var i = 0; i < rows.Count * columns.Count; i++)
        {
            var row = ((rows.First + (i / columns.Count)) * size.Stride) - size.Padding + (group / RowGroups);
            var first = ((columns.First + (i % columns.Count)) * size.Stride) - size.Padding
                + (group % RowGroups * GroupTaps);
            if (row < 0 || row >= size.Height)
                continue;
            Span<int> inputs = [-1, -1, -1];
            for (var tap = 0; tap < GroupTaps; tap++)
            {
                // A kernel one column wide has the same tap three times, each for a channel of its own.
                var column = size.Kernel == 1 ? first : first + tap;
                var inKernel = size.Kernel == 1 || (group % RowGroups * GroupTaps) + tap < size.Kernel;
                if (inKernel && column >= 0 && column < size.Width)
                    inputs[tap] = (((row - rows.Source) * Tiles.Width) + column - columns.Source) * PanelLanes;
            }

            if (inputs[0] >= 0 || inputs[1] >= 0 || inputs[2] >= 0)
                entries.AddRange([i * PanelLanes, .. inputs]);
        }
    }
}

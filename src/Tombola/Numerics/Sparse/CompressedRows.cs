using Tombola.Numerics.Memory;

namespace Tombola.Numerics.Sparse;

/// <summary>
/// The nonzeros of a matrix row by row (CSR), in blocks of columns whose operands fit the first-level cache.
/// </summary>
/// <remarks>
/// A product reads one row of 64 lanes, 256 bytes, for each nonzero. Unblocked, these stream from the second-level
/// cache, which feeds the multipliers at half their speed at best; 160 columns at a time stay in the first level. A
/// block in which a row has only a few nonzeros costs more than it saves, so sparser matrices get wider blocks.
/// </remarks>
internal sealed class CompressedRows : IDisposable
{
    private const int NarrowestBlock = 160;

    // Of each channel a convolution reads some 40 vectors, 2.5 KB, at a time; of a channel of few pixels 25.
    private const int NarrowestChannels = 16;
    private const int NarrowestSmallChannels = 24;
    private const int SmallPixels = 16;

    // Measured: with fewer nonzeros of a row in a block, loading and storing its sums outweighs the cache's gain.
    private const double NonzerosWorthABlock = 9;

    private readonly IndexBuffer _starts;
    private readonly IndexBuffer _columns;
    private readonly IndexBuffer? _slots;

    private CompressedRows(int rows, int blocks, IndexBuffer starts, IndexBuffer columns, IndexBuffer? slots) =>
        (Rows, Blocks, _starts, _columns, _slots) = (rows, blocks, starts, columns, slots);

    /// <summary>Number of rows.</summary>
    internal int Rows { get; }

    /// <summary>Number of blocks of columns.</summary>
    internal int Blocks { get; }

    /// <summary>Memory of the indices, in bytes.</summary>
    internal long Bytes => _starts.Bytes + _columns.Bytes + (_slots?.Bytes ?? 0);

    /// <summary>
    /// For block b and row r, entry <c>b × (rows + 1) + r</c> is where its nonzeros start, the next where they end.
    /// </summary>
    internal unsafe int* Starts => _starts.Pointer;

    /// <summary>The column of each nonzero.</summary>
    internal unsafe int* Columns => _columns.Pointer;

    /// <summary>Where the value of each nonzero is stored; null where values are stored in this very order.</summary>
    internal unsafe int* Slots => _slots is null ? null : _slots.Pointer;

    /// <summary>Chooses the width of the blocks.</summary>
    /// <param name="columns">Columns of the matrix.</param>
    /// <param name="density">Nonzeros as a fraction.</param>
    internal static int BlockWidth(int columns, double density) =>
        density <= 0
            ? Math.Max(1, columns)
            : (int)Math.Clamp(NonzerosWorthABlock / density, NarrowestBlock, Math.Max(NarrowestBlock, columns));

    /// <summary>Chooses the channels of a block of a convolution.</summary>
    /// <param name="channels">Channels that are read.</param>
    /// <param name="taps">Weights of a kernel.</param>
    /// <param name="density">Nonzeros as a fraction.</param>
    /// <param name="pixels">Those of a target channel; 0 where they are not known.</param>
    internal static int BlockChannels(int channels, int taps, double density, int pixels)
    {
        if (density <= 0)
            return Math.Max(1, channels);
        var narrowest = pixels is > 0 and <= SmallPixels ? NarrowestSmallChannels : NarrowestChannels;
        return (int)Math.Clamp(
            NonzerosWorthABlock / (density * taps), narrowest, Math.Max(narrowest, channels));
    }

    /// <summary>Lays the nonzeros out.</summary>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="blockWidth">From <see cref="BlockWidth"/>.</param>
    /// <param name="entries">The nonzeros in any order; the slot is where the value is stored.</param>
    /// <param name="rank">The order of columns within a row and block, from their numbers.</param>
    /// <param name="order">Receives the slots in the order of the layout.</param>
    /// <param name="inOrder">Whether values are stored in the order of the layout, so that no slots are kept.</param>
    internal static CompressedRows Create(
        int rows, int blockWidth, IReadOnlyList<(int Row, int Column, int Slot)> entries, Func<int, int> rank,
        out int[] order, bool inOrder)
    {
        var keys = new long[entries.Count];
        var sorted = new int[entries.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            var (row, column, _) = entries[i];
            keys[i] = ((((long)(column / blockWidth) * rows) + row) << 32) | (uint)rank(column);
            sorted[i] = i;
        }

        Array.Sort(keys, sorted);
        order = [.. sorted.Select(i => entries[i].Slot)];
        var blocks = keys.Length == 0 ? 1 : (int)((keys[^1] >> 32) / rows) + 1;
        var starts = new int[blocks * (rows + 1)];
        var next = 0;
        for (var block = 0; block < blocks; block++)
        {
            for (var row = 0; row <= rows; row++)
            {
                starts[(block * (rows + 1)) + row] = next;
                while (row < rows && next < keys.Length && keys[next] >> 32 == ((long)block * rows) + row)
                    next++;
            }
        }

        int[] columns = [.. sorted.Select(i => entries[i].Column)];
        return new CompressedRows(
            rows, blocks, new IndexBuffer(starts), new IndexBuffer(columns), inOrder ? null : new IndexBuffer(order));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _starts.Dispose();
        _columns.Dispose();
        _slots?.Dispose();
    }
}

namespace Tombola.Numerics.Convolution;

/// <summary>Cuts the target of a pass into tiles, and knows which window of the source each tile reads.</summary>
/// <remarks>
/// Channels lie a power of two apart more often than not, so that the same pixel of all channels falls into the same
/// few sets of a cache. Kernels therefore copy a tile's window, channel by channel, to a place of its own; windows of
/// all tiles share one layout there.
/// </remarks>
internal sealed class TileWindows
{
    private readonly Span[] _rows;
    private readonly Span[] _columns;

    /// <summary>Cuts.</summary>
    /// <param name="rows">Taps along the height.</param>
    /// <param name="columns">Taps along the width.</param>
    /// <param name="pixels">Target pixels of a tile, at most; wide tiles are preferred to high ones.</param>
    internal TileWindows(AxisTaps rows, AxisTaps columns, int pixels)
    {
        const int widest = 8;
        TargetWidth = columns.Origin.Length;
        var width = Math.Min(Math.Min(widest, pixels), TargetWidth);
        _columns = Cut(columns, width);
        _rows = Cut(rows, Math.Max(1, pixels / width));
        Height = _rows.Max(row => row.SourceCount);
        Width = _columns.Max(column => column.SourceCount);
        MostPixels = _rows.Max(row => row.Count) * _columns.Max(column => column.Count);
    }

    /// <summary>Number of tiles.</summary>
    internal int Count => _rows.Length * _columns.Length;

    /// <summary>Rows and columns of a window's layout: those of the largest.</summary>
    internal int Height { get; }

    /// <inheritdoc cref="Height"/>
    internal int Width { get; }

    /// <summary>Columns of the target.</summary>
    internal int TargetWidth { get; }

    /// <summary>Target pixels of the largest tile.</summary>
    internal int MostPixels { get; }

    /// <summary>The part of a tile along the height: targets and sources.</summary>
    internal Span Rows(int tile) => _rows[tile / _columns.Length];

    /// <summary>The part of a tile along the width: targets and sources.</summary>
    internal Span Columns(int tile) => _columns[tile % _columns.Length];

    private static Span[] Cut(AxisTaps axis, int length)
    {
        var targets = axis.Origin.Length;
        var spans = new Span[(targets + length - 1) / length];
        for (var i = 0; i < spans.Length; i++)
        {
            var (first, end) = (i * length, Math.Min(targets, (i + 1) * length));
            var (low, high) = (int.MaxValue, 0);
            for (var target = first; target < end; target++)
            {
                var taps = axis.Classes[axis.Class[target]];
                if (taps.Length == 0)
                    continue;
                low = Math.Min(low, axis.Origin[target] + taps.Min(tap => tap.Distance));
                high = Math.Max(high, axis.Origin[target] + taps.Max(tap => tap.Distance) + 1);
            }

            low = Math.Min(low, high);
            spans[i] = new Span(first, end - first, low, high - low);
        }

        return spans;
    }

    /// <summary>A tile along one axis.</summary>
    /// <param name="First">The first target position.</param>
    /// <param name="Count">Number of target positions.</param>
    /// <param name="Source">The first source position that they read.</param>
    /// <param name="SourceCount">Number of source positions that they read.</param>
    internal readonly record struct Span(int First, int Count, int Source, int SourceCount);
}

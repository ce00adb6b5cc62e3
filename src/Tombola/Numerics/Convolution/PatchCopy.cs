using System.Runtime.CompilerServices;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Convolution;

/// <summary>Copies the source pixels of a patch, with zeros where there is no image; and a patch's targets.</summary>
/// <remarks>
/// A patch is a few short stretches of each channel, far from each other, which no machine foresees: while one row is
/// copied, another is prefetched, so far ahead that it arrives in time and not so far that it is gone again.
/// </remarks>
internal static unsafe class PatchCopy
{
    private const int LinesAhead = 96;

    /// <summary>Copies source pixels.</summary>
    /// <param name="to">[groups, channels, source rows, columns by remainder, group lanes], overwritten.</param>
    /// <param name="source">The first channel to copy.</param>
    /// <param name="start">The patch: row, column and lane of its first target.</param>
    internal static void Source(
        PatchLayout layout, float* to, float* source, int channels, (int Row, int Column, int Lane) start)
    {
        switch (VectorWidth.Bits)
        {
            case 512: Source<Lanes512>(layout, to, source, channels, start); break;
            case 256: Source<Lanes256>(layout, to, source, channels, start); break;
            case 128: Source<Lanes128>(layout, to, source, channels, start); break;
            default: Source<Lanes1>(layout, to, source, channels, start); break;
        }
    }

    /// <summary>Copies a patch of the target into a tile's layout, with zeros beyond the image.</summary>
    internal static void ReadTarget(
        PatchLayout layout, float* to, float* target, int channels, (int Row, int Column, int Lane) start)
    {
        switch (VectorWidth.Bits)
        {
            case 512: ReadTarget<Lanes512>(layout, to, target, channels, start); break;
            case 256: ReadTarget<Lanes256>(layout, to, target, channels, start); break;
            case 128: ReadTarget<Lanes128>(layout, to, target, channels, start); break;
            default: ReadTarget<Lanes1>(layout, to, target, channels, start); break;
        }
    }

    /// <summary>Copies sums to the target, or adds them.</summary>
    internal static void WriteTarget(
        PatchLayout layout, float* target, float* sums, int channels, (int Row, int Column, int Lane) start,
        TargetWriting writing)
    {
        switch (VectorWidth.Bits)
        {
            case 512: WriteTarget<Lanes512>(layout, target, sums, channels, start, writing); break;
            case 256: WriteTarget<Lanes256>(layout, target, sums, channels, start, writing); break;
            case 128: WriteTarget<Lanes128>(layout, target, sums, channels, start, writing); break;
            default: WriteTarget<Lanes1>(layout, target, sums, channels, start, writing); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Source<T>(
        PatchLayout layout, float* to, float* source, int channels, (int Row, int Column, int Lane) start)
        where T : struct, ILanes<T>
    {
        var (height, width, lanes, group) = (layout.SourceHeight, layout.SourceWidth, layout.Lanes, layout.GroupLanes);
        int rows = layout.SourceRows, stride = layout.Stride, phaseWidth = layout.PhaseWidth;
        int groups = layout.PatchGroups;
        nint line = (nint)width * lanes, next = height * line, apart = layout.GroupFloats(channels);
        var ahead = RowsAhead(layout, rows, phaseWidth * stride);
        int firstRow = (start.Row * stride) - layout.Padding, firstColumn = (start.Column * stride) - layout.Padding;
        for (var channel = 0; channel < channels; channel++)
        {
            var plane = source + (channel * next) + start.Lane;
            for (var row = firstRow; row < firstRow + rows; row++)
            {
                var inside = row >= 0 && row < height;
                var soon = Distance(row - firstRow, rows, ahead, line, next);
                for (var phase = 0; phase < stride; phase++)
                {
                    var column = firstColumn + phase;
                    for (var i = 0; i < phaseWidth; i++, column += stride, to += group)
                    {
                        var from = plane + ((((nint)row * width) + column) * lanes);
                        var pixel = inside && column >= 0 && column < width;
                        if (pixel)
                            CacheLines.Prefetch(from + soon, groups * group);
                        Pixel<T>(to, from, groups, apart, group, pixel);
                    }
                }
            }
        }

        for (var part = 0; part < groups; part++)
            new Span<float>(to + (part * apart), layout.TailFloats).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void ReadTarget<T>(
        PatchLayout layout, float* to, float* target, int channels, (int Row, int Column, int Lane) start)
        where T : struct, ILanes<T>
    {
        var (height, width, lanes, group) = (layout.TargetHeight, layout.TargetWidth, layout.Lanes, layout.GroupLanes);
        int rows = layout.Height, columns = layout.TilePixels, groups = layout.PatchGroups;
        nint line = (nint)width * lanes, next = height * line, apart = (nint)channels * layout.TargetFloats;
        var ahead = RowsAhead(layout, rows, columns);
        for (var channel = 0; channel < channels; channel++)
        {
            var plane = target + (channel * next) + start.Lane;
            for (var row = start.Row; row < start.Row + rows; row++)
            {
                var soon = Distance(row - start.Row, rows, ahead, line, next);
                for (var column = start.Column; column < start.Column + columns; column++, to += group)
                {
                    var from = plane + ((((nint)row * width) + column) * lanes);
                    var pixel = row < height && column < width;
                    if (pixel)
                        CacheLines.Prefetch(from + soon, groups * group);
                    Pixel<T>(to, from, groups, apart, group, pixel);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void WriteTarget<T>(
        PatchLayout layout, float* target, float* sums, int channels, (int Row, int Column, int Lane) start,
        TargetWriting writing)
        where T : struct, ILanes<T>
    {
        var (height, width, lanes, group) = (layout.TargetHeight, layout.TargetWidth, layout.Lanes, layout.GroupLanes);
        var rows = Math.Min(layout.Height, height - start.Row);
        var columns = Math.Min(layout.TilePixels, width - start.Column);
        var groups = layout.PatchGroups;
        nint line = (nint)width * lanes, next = height * line, apart = (nint)channels * layout.TargetFloats;
        var ahead = RowsAhead(layout, rows, columns);
        for (var channel = 0; channel < channels; channel++, sums += layout.TargetFloats)
        {
            var plane = target + (channel * next) + start.Lane;
            for (var row = 0; row < rows; row++)
            {
                var from = sums + (row * layout.TargetRowFloats);
                var soon = Distance(row, rows, ahead, line, next);
                for (var column = 0; column < columns; column++, from += group)
                {
                    var to = plane + (((((nint)start.Row + row) * width) + start.Column + column) * lanes);
                    var sum = from;
                    CacheLines.Prefetch(to + soon, groups * group);
                    for (var part = 0; part < groups; part++, to += group, sum += apart)
                    {
                        for (var lane = 0; lane < group; lane += T.Width)
                            writing.Store<T>(to + lane, sum + lane);
                    }
                }
            }
        }
    }

    /// <summary>From a patch's row to the one that comes some rows later, in this channel or the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Distance(int row, int rows, int ahead, nint line, nint next) =>
        row + ahead < rows ? ahead * line : next + ((ahead - rows) * line);

    private static int RowsAhead(PatchLayout layout, int rows, int columns)
    {
        var lines = columns * layout.PatchGroups * layout.GroupLanes / CacheLines.Floats;
        return Math.Min(rows, (LinesAhead / Math.Max(1, lines)) + 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pixel<T>(float* to, float* from, int groups, nint apart, int lanes, bool inside)
        where T : struct, ILanes<T>
    {
        for (var group = 0; group < groups; group++, to += apart, from += lanes)
        {
            for (var lane = 0; lane < lanes; lane += T.Width)
                T.Store(to + lane, inside ? T.Load(from + lane) : T.Zero);
        }
    }
}

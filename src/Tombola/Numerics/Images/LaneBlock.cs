using System.Runtime.CompilerServices;

namespace Tombola.Numerics.Images;

/// <summary>
/// Writes the features of up to 64 examples: four lane groups side by side, 256 contiguous bytes a feature.
/// </summary>
/// <remarks>
/// Four groups at a time because the rows of a batch of 64 are then written from end to end; group by group, the writes
/// would be 256 bytes apart and fall into a quarter of the cache's sets. More would read from too many pages at once.
/// The addresses it holds belong to its creator.
/// </remarks>
internal readonly unsafe struct LaneBlock
{
    /// <summary>The most examples of a block.</summary>
    internal const int Lanes = 4 * ByteTile.Side;

    private readonly byte** _rows;
    private readonly float* _scales;
    private readonly float* _offsets;
    private readonly byte* _tile;
    private readonly int _lanes;
    private readonly int _features;
    private readonly int _padded;

    /// <summary>Describes a block.</summary>
    /// <param name="rows">The address of each lane's example; a padding lane repeats one.</param>
    /// <param name="scales">The factor of each lane, 0 for a padding lane.</param>
    /// <param name="offsets">The summand of each lane, 0 for a padding lane.</param>
    /// <param name="tile">Room for 16 rows of <see cref="Lanes"/> bytes.</param>
    /// <param name="lanes">Lanes in use, padding included: a multiple of 16 up to <see cref="Lanes"/>.</param>
    /// <param name="features">Bytes an example.</param>
    /// <param name="padded">Floats from one feature of the target to the next.</param>
    internal LaneBlock(
        byte** rows, float* scales, float* offsets, byte* tile, int lanes, int features, int padded)
    {
        _rows = rows;
        _scales = scales;
        _offsets = offsets;
        _tile = tile;
        _lanes = lanes;
        _features = features;
        _padded = padded;
    }

    /// <summary>Writes every feature of a range.</summary>
    /// <typeparam name="TLanes">The vector width.</typeparam>
    /// <param name="from">The first feature.</param>
    /// <param name="to">The feature after the last.</param>
    /// <param name="target">Where the first lane of feature 0 goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal void WriteAll<TLanes>(int from, int to, float* target)
        where TLanes : struct, IPixelLanes
    {
        for (var feature = from; feature < to;)
        {
            var start = LoadTile(feature);
            var end = Math.Min(start + ByteTile.Side, to);
            for (; feature < end; feature++)
                WriteRow<TLanes>(_tile + ((feature - start) * Lanes), target + ((nint)feature * _padded));
        }
    }

    /// <summary>Writes the features listed and no others.</summary>
    /// <typeparam name="TLanes">The vector width.</typeparam>
    /// <param name="listed">The features, ascending and in range.</param>
    /// <param name="target">Where the first lane of feature 0 goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal void WriteListed<TLanes>(ReadOnlySpan<int> listed, float* target)
        where TLanes : struct, IPixelLanes
    {
        for (var position = 0; position < listed.Length;)
        {
            var start = LoadTile(listed[position]);
            for (; position < listed.Length && listed[position] < start + ByteTile.Side; position++)
            {
                var feature = listed[position];
                WriteRow<TLanes>(_tile + ((feature - start) * Lanes), target + ((nint)feature * _padded));
            }
        }
    }

    /// <summary>Transposes the tile that begins with a feature.</summary>
    /// <returns>Where it begins: earlier than asked when it would otherwise reach beyond the last feature.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private int LoadTile(int feature)
    {
        var start = Math.Min(feature, _features - ByteTile.Side);
        if (start >= 0)
        {
            for (var lane = 0; lane < _lanes; lane += ByteTile.Side)
                ByteTile.Transpose(_rows + lane, start, _tile + lane, Lanes);
            return start;
        }

        // Examples narrower than a tile; what follows the last of them in memory is not ours to read.
        for (var pixel = 0; pixel < _features; pixel++)
        {
            for (var lane = 0; lane < _lanes; lane++)
                _tile[(pixel * Lanes) + lane] = _rows[lane][pixel];
        }

        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteRow<TLanes>(byte* pixels, float* target)
        where TLanes : struct, IPixelLanes
    {
        for (var lane = 0; lane < _lanes; lane += ByteTile.Side)
            TLanes.Write(pixels + lane, _scales + lane, _offsets + lane, target + lane);
    }
}

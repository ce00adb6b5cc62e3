using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Convolution;

/// <summary>How a sparse pass cuts its target into tiles, and lays out the source pixels that a tile reads.</summary>
/// <remarks>
/// A weight is broadcast once and multiplied with the sixteen vectors of a tile: two rows of eight pixels of one vector
/// of examples or, where images are narrow, four rows of four, or two rows of two pixels of four vectors. Machines with
/// fewer registers take one row of eight vectors. The source is copied with zeros around the image, so that no tap
/// needs care at the edges; with a stride, columns are sorted by their remainder, which makes those of neighbouring
/// targets neighbours.
/// </remarks>
internal sealed class PatchLayout
{
    private const int FewestVectors = 8;

    private const int PatchRows = 8;

    // Of sums, for which half of a second-level cache of 1 MB is left.
    private const int MostSums = 128 * 1024;

    private PatchLayout(in ConvolutionSize size, bool backward)
    {
        (SourceHeight, SourceWidth) = backward ? (size.OutputHeight, size.OutputWidth) : (size.Height, size.Width);
        (TargetHeight, TargetWidth) = backward ? (size.Height, size.Width) : (size.OutputHeight, size.OutputWidth);
        (Kernel, Stride, Lanes) = (size.Kernel, size.Stride, size.Lanes);
        Padding = backward ? size.Kernel - 1 - size.Padding : size.Padding;
        var width = VectorWidth.Bits / 32;
        // Machines with 32 registers hold sixteen vectors of sums, others eight.
        var tile = width == 16 ? 2 * FewestVectors : FewestVectors;
        var square = width == 16 && Stride == 1 && TargetWidth is 3 or 4;
        var vectors = square || TargetWidth > 4 ? 1 : TargetWidth <= 2 ? 4 : 2;
        while (Lanes % (vectors * width) != 0)
            vectors /= 2;
        GroupLanes = vectors * width;
        TilePixels = (square ? FewestVectors / 2 : FewestVectors) / vectors;
        TileRows = tile / (TilePixels * vectors);
        var targets = backward ? size.Inputs : size.Outputs;
        var sums = targets * tile * width;
        PatchGroups = Lanes / GroupLanes;
        while (PatchGroups > 1 && (Lanes / GroupLanes % PatchGroups > 0 || PatchGroups * sums > MostSums))
            PatchGroups--;
        var most = Math.Min(PatchRows / TileRows, (TargetHeight + TileRows - 1) / TileRows);
        Height = TileRows * Math.Clamp(MostSums / (PatchGroups * sums), 1, most);
        // Where patches are as wide as the image, the zeros after a row are those before the next, and where they are
        // also as high, the rows of zeros below a channel are those above the next.
        var same = Stride == 1 && 2 * Padding == Kernel - 1;
        var sharedColumns = same && TilePixels == TargetWidth;
        var sharedRows = sharedColumns && Height == TargetHeight;
        PhaseWidth = sharedColumns
            ? TilePixels + Padding
            : (((TilePixels - 1) * Stride) + Kernel + Stride - 1) / Stride;
        SourceRows = sharedRows ? Height + Padding : ((Height - 1) * Stride) + Kernel;
        RowFloats = PhaseWidth * Stride * GroupLanes;
        TailFloats = ((sharedRows ? Padding : 0) * RowFloats) + (sharedColumns ? Padding * GroupLanes : 0);
        Segments = square
            ? new TileSegments(RowFloats, 2 * RowFloats, AreRows: true)
            : new TileSegments(tile / 4 * width, Stride * RowFloats, AreRows: false);
        SkipsRows = same && Kernel == 3 && width == 16 && TileRows > 1 && TileRows == TargetHeight;
    }

    /// <summary>
    /// Extents of source and target, kernel, stride, padding before the source's first pixel, and lanes.
    /// </summary>
    internal int SourceHeight { get; }

    /// <inheritdoc cref="SourceHeight"/>
    internal int SourceWidth { get; }

    /// <inheritdoc cref="SourceHeight"/>
    internal int TargetHeight { get; }

    /// <inheritdoc cref="SourceHeight"/>
    internal int TargetWidth { get; }

    /// <inheritdoc cref="SourceHeight"/>
    internal int Kernel { get; }

    /// <inheritdoc cref="SourceHeight"/>
    internal int Stride { get; }

    /// <inheritdoc cref="SourceHeight"/>
    internal int Padding { get; }

    /// <inheritdoc cref="SourceHeight"/>
    internal int Lanes { get; }

    /// <summary>Lanes of a pixel that a tile takes.</summary>
    internal int GroupLanes { get; }

    /// <summary>Groups of lanes of a patch, which lie and are copied together, and are computed one by one.</summary>
    internal int PatchGroups { get; }

    /// <summary>Target columns of a tile.</summary>
    internal int TilePixels { get; }

    /// <summary>Target rows whose sums are kept in registers together.</summary>
    internal int TileRows { get; }

    /// <summary>Target rows that share a copy of the source.</summary>
    internal int Height { get; }

    /// <summary>Copied columns of one remainder.</summary>
    internal int PhaseWidth { get; }

    /// <summary>Copied rows.</summary>
    internal int SourceRows { get; }

    /// <summary>Whether tiles are as high as the image, so that a kernel's outer rows leave a row out.</summary>
    internal bool SkipsRows { get; }

    /// <summary>Floats of a copied row.</summary>
    internal int RowFloats { get; }

    /// <summary>Floats of a copied channel.</summary>
    internal int ChannelFloats => SourceRows * RowFloats;

    /// <summary>Floats of zeros behind the last channel.</summary>
    internal int TailFloats { get; }

    /// <summary>Where the source of a tile's vectors is, four at a time; with sixteen vectors.</summary>
    internal TileSegments Segments { get; }

    /// <summary>Floats of a tile's sums.</summary>
    internal int TileFloats => TileRows * TargetRowFloats;

    /// <summary>Floats of a target row of a patch.</summary>
    internal int TargetRowFloats => TilePixels * GroupLanes;

    /// <summary>Floats of a channel's target rows of a patch.</summary>
    internal int TargetFloats => Height * TargetRowFloats;

    /// <summary>Patches along the height, along the width and along the lanes.</summary>
    internal int PatchesDown => (TargetHeight + Height - 1) / Height;

    /// <inheritdoc cref="PatchesDown"/>
    internal int PatchesAcross => (TargetWidth + TilePixels - 1) / TilePixels;

    /// <inheritdoc cref="PatchesDown"/>
    internal int PatchesDeep => Lanes / (GroupLanes * PatchGroups);

    /// <summary>Number of patches: by lanes, column and row.</summary>
    internal int Count => PatchesDeep * PatchesDown * PatchesAcross;

    /// <summary>The layout of the forward pass and of the weight gradient.</summary>
    internal static PatchLayout Forward(in ConvolutionSize size) => new(size, backward: false);

    /// <summary>The layout of the input gradient; for stride 1.</summary>
    internal static PatchLayout Backward(in ConvolutionSize size) => new(size, backward: true);

    /// <summary>Floats of the copied channels of one group of lanes.</summary>
    internal int GroupFloats(int channels) => (channels * ChannelFloats) + TailFloats;

    /// <summary>The distance in floats of a tap's source from the copy of a tile's first target.</summary>
    internal int TapOffset(int row, int column) =>
        (row * RowFloats) + (((column % Stride * PhaseWidth) + (column / Stride)) * GroupLanes);

    /// <summary>Where a patch begins: row, column and lane of the target.</summary>
    internal (int Row, int Column, int Lane) Start(int patch)
    {
        var (place, depth) = (patch / PatchesDeep, patch % PatchesDeep);
        return (place / PatchesAcross * Height, place % PatchesAcross * TilePixels, depth * PatchGroups * GroupLanes);
    }
}

/// <summary>Distances in floats between the sources of a tile's vectors, which lie together by fours.</summary>
/// <param name="Next">From the first four vectors to the second, and from the third to the fourth.</param>
/// <param name="Pair">From the first to the third.</param>
/// <param name="AreRows">Whether four vectors are a row of the tile; else eight are.</param>
internal readonly record struct TileSegments(nint Next, nint Pair, bool AreRows);

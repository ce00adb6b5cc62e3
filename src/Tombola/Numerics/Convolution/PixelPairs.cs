using Tombola.Numerics.Memory;

namespace Tombola.Numerics.Convolution;

/// <summary>For the weight gradient: which output pixels meet which input pixels under each tap.</summary>
/// <remarks>
/// Taps come in groups of three: neighbours in a row of the kernel, which read overlapping pixels, or, for kernels one
/// column wide, the same tap of three channels. An entry is an output pixel and the three input pixels, as distances in
/// floats; −1 for a pixel in the padding. Entries are in the order of the output pixels, so that any range of these is
/// a range of entries.
/// </remarks>
internal sealed unsafe class PixelPairs : IDisposable
{
    /// <summary>Taps of a group.</summary>
    internal const int GroupTaps = 3;

    /// <summary>Integers of an entry.</summary>
    internal const int EntryLength = 4;

    private readonly IndexBuffer _entries;
    private readonly int[] _starts;
    private readonly int _blocks;

    /// <summary>Builds the entries.</summary>
    /// <param name="size">The convolution.</param>
    /// <param name="blockPixels">Output pixels of a block.</param>
    internal PixelPairs(in ConvolutionSize size, int blockPixels)
    {
        _blocks = (size.OutputPixels + blockPixels - 1) / blockPixels;
        RowGroups = (size.Kernel + GroupTaps - 1) / GroupTaps;
        Groups = size.Kernel * RowGroups;
        var entries = new List<int>();
        _starts = new int[(Groups * _blocks) + 1];
        for (var group = 0; group < Groups; group++)
        {
            for (var block = 0; block < _blocks; block++)
            {
                var end = Math.Min(size.OutputPixels, (block + 1) * blockPixels);
                for (var pixel = block * blockPixels; pixel < end; pixel++)
                    AddEntry(entries, size, pixel, group);
                _starts[(group * _blocks) + block + 1] = entries.Count;
            }
        }

        _entries = new IndexBuffer([.. entries]);
    }

    /// <summary>Number of blocks of output pixels.</summary>
    internal int Blocks => _blocks;

    /// <summary>Groups in a row of the kernel.</summary>
    internal int RowGroups { get; }

    /// <summary>Groups of the kernel.</summary>
    internal int Groups { get; }

    /// <summary>The entries of a group in a block of pixels, and their number.</summary>
    internal int* Entries(int group, int block, out int count)
    {
        var i = (group * _blocks) + block;
        count = (_starts[i + 1] - _starts[i]) / EntryLength;
        return _entries.Pointer + _starts[i];
    }

    /// <inheritdoc/>
    public void Dispose() => _entries.Dispose();

    private void AddEntry(List<int> entries, in ConvolutionSize size, int pixel, int group)
    {
        var row = ((pixel / size.OutputWidth) * size.Stride) - size.Padding + (group / RowGroups);
        if (row < 0 || row >= size.Height)
            return;
        var first = ((pixel % size.OutputWidth) * size.Stride) - size.Padding + (group % RowGroups * GroupTaps);
        Span<int> inputs = [-1, -1, -1];
        for (var i = 0; i < GroupTaps; i++)
        {
            // A kernel one column wide has the same tap three times, each for a channel of its own.
            var column = size.Kernel == 1 ? first : first + i;
            var inKernel = size.Kernel == 1 || (group % RowGroups * GroupTaps) + i < size.Kernel;
            if (inKernel && column >= 0 && column < size.Width)
                inputs[i] = ((row * size.Width) + column) * size.Lanes;
        }

        if (inputs[0] >= 0 || inputs[1] >= 0 || inputs[2] >= 0)
            entries.AddRange([pixel * size.Lanes, .. inputs]);
    }
}

using Tombola.Numerics.Dense;
using Tombola.Numerics.Memory;

namespace Tombola.Numerics.Convolution;

/// <summary>For every target pixel of a pass, where its terms are: weights and source pixels as distances.</summary>
/// <remarks>
/// One list serves a class of pixels and a block of source channels; the next block is reached by moving the pointers.
/// A block has so many channels that what it reads, a row of 64 lanes for each term, stays in the first-level cache.
/// </remarks>
internal sealed unsafe class TapTable : IDisposable
{
    private const int BlockDepth = 128;

    private readonly IndexBuffer _terms;
    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly int[] _origins;
    private readonly int[] _classes;

    private TapTable(AxisTaps rows, AxisTaps columns, int kernel, int sourceWidth, int sourcePixels, int lanes,
        int weightChannelStep)
    {
        BlockChannels = Math.Max(1, BlockDepth / (kernel * kernel));
        (_origins, _classes) = Pixels(rows, columns, sourceWidth, lanes);
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
                        terms.Add(((channel * sourcePixels) + (down * sourceWidth) + right) * lanes);
                    }
                }
            }
        }

        _terms = new IndexBuffer([.. terms]);
    }

    /// <summary>Source channels of a block.</summary>
    internal int BlockChannels { get; }

    /// <summary>The table of the forward pass: sources are inputs.</summary>
    internal static TapTable Forward(in ConvolutionSize size) =>
        new(AxisTaps.Forward(size.Height, size.OutputHeight, size.Kernel, size.Stride, size.Padding),
            AxisTaps.Forward(size.Width, size.OutputWidth, size.Kernel, size.Stride, size.Padding),
            size.Kernel, size.Width, size.InputPixels, size.Lanes, size.Taps);

    /// <summary>The table of the input gradient: sources are outputs.</summary>
    internal static TapTable Backward(in ConvolutionSize size) =>
        new(AxisTaps.Backward(size.Height, size.OutputHeight, size.Kernel, size.Stride, size.Padding),
            AxisTaps.Backward(size.Width, size.OutputWidth, size.Kernel, size.Stride, size.Padding),
            size.Kernel, size.OutputWidth, size.OutputPixels, size.Lanes, size.Inputs * size.Taps);

    /// <summary>The distance in floats of a target pixel's origin from the start of a source channel.</summary>
    internal int Origin(int pixel) => _origins[pixel];

    /// <summary>Number of terms of a target pixel in one source channel.</summary>
    internal int TermsPerChannel(int pixel) => _counts[_classes[pixel]];

    /// <summary>The terms of a target pixel in a block of source channels.</summary>
    internal PairedDepth Terms(int pixel) => new(_terms.Pointer + _starts[_classes[pixel]]);

    /// <inheritdoc/>
    public void Dispose() => _terms.Dispose();

    private static (int[] Origins, int[] Classes) Pixels(AxisTaps rows, AxisTaps columns, int sourceWidth, int lanes)
    {
        var width = columns.Class.Length;
        var origins = new int[rows.Class.Length * width];
        var classes = new int[origins.Length];
        for (var pixel = 0; pixel < origins.Length; pixel++)
        {
            var (row, column) = (pixel / width, pixel % width);
            origins[pixel] = ((rows.Origin[row] * sourceWidth) + columns.Origin[column]) * lanes;
            classes[pixel] = (rows.Class[row] * columns.Classes.Count) + columns.Class[column];
        }

        return (origins, classes);
    }
}

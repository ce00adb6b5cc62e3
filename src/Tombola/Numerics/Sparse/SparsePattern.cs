namespace Tombola.Numerics.Sparse;

/// <summary>Where the surviving weights of a layer are, prepared for its three products.</summary>
/// <remarks>
/// Built once a training: masks do not change within one. Weights into units that nobody reads survive and are counted,
/// but take part in nothing; their gradient is zero, as it is in the dense computation. Values are stored in the order
/// of the rows that need it most: those of <see cref="Forward"/> or, for convolutions, whose gradients are computed
/// together by input channel, those of <see cref="Transposed"/>.
/// </remarks>
internal sealed class SparsePattern : IDisposable
{
    private readonly int[] _positions;

    /// <summary>Builds the pattern.</summary>
    /// <param name="outputs">Rows of the weights.</param>
    /// <param name="inputs">Inputs, or input channels.</param>
    /// <param name="survives">[outputs × inputs × taps], row by row.</param>
    /// <param name="outputsRead">Which outputs matter to anyone; empty for all.</param>
    /// <param name="taps">Weights between an input and an output: 1, or those of a convolution's kernel.</param>
    /// <param name="pixels">Those of an output channel, where they are known: images choose the blocks.</param>
    internal SparsePattern(
        int outputs, int inputs, ReadOnlySpan<bool> survives, ReadOnlySpan<bool> outputsRead, int taps = 1,
        int pixels = 0)
    {
        var columns = inputs * taps;
        List<int> active = [], idle = [];
        for (var position = 0; position < survives.Length; position++)
        {
            if (survives[position])
                (outputsRead.Length == 0 || outputsRead[position / columns] ? active : idle).Add(position);
        }

        var density = survives.Length == 0 ? 0 : (double)active.Count / survives.Length;
        int Block(int channels) => taps == 1
            ? CompressedRows.BlockWidth(channels, density)
            : CompressedRows.BlockChannels(channels, taps, density, pixels);
        (ForwardBlock, TransposedBlock) = (Block(inputs), Block(outputs));
        (int, int, int) ByOutput(int position, int slot) => (position / columns, position % columns, slot);
        (int, int, int) ByInput(int position, int slot) =>
            (position % columns / taps, (position / columns * taps) + (position % taps), slot);
        int[] order;
        if (taps == 1)
        {
            Forward = CompressedRows.Create(
                outputs, ForwardBlock, [.. active.Select(item => ByOutput(item, item))], item => item, out order,
                inOrder: true);
            Transposed = CompressedRows.Create(
                inputs, TransposedBlock, [.. order.Select(ByInput)], item => item, out _, inOrder: false);
        }
        else
        {
            // Weights that reach up in the image first, those that reach down last.
            var (kernel, longest) = ((int)Math.Sqrt(taps), Math.Max(inputs, outputs) * taps);
            int Rank(int column, bool flip)
            {
                var row = column % taps / kernel;
                return ((flip ? kernel - 1 - row : row) * longest) + column;
            }

            Transposed = CompressedRows.Create(
                inputs, TransposedBlock * taps, [.. active.Select(item => ByInput(item, item))],
                column => Rank(column, flip: true), out order, inOrder: true);
            Forward = CompressedRows.Create(
                outputs, ForwardBlock * taps, [.. order.Select(ByOutput)],
                column => Rank(column, flip: false), out _, inOrder: false);
        }

        _positions = [.. order, .. idle];
        Active = order.Length;
        InputsRead = new bool[inputs];
        foreach (var position in active)
            InputsRead[position % columns / taps] = true;
    }

    /// <summary>Number of weights that take part; their values come first.</summary>
    internal int Active { get; }

    /// <summary>Inputs of a block of <see cref="Forward"/>.</summary>
    internal int ForwardBlock { get; }

    /// <summary>Outputs of a block of <see cref="Transposed"/>.</summary>
    internal int TransposedBlock { get; }

    /// <summary>The weights by output, for the forward product and the weight gradient.</summary>
    internal CompressedRows Forward { get; }

    /// <summary>The weights by input, for the input gradient.</summary>
    internal CompressedRows Transposed { get; }

    /// <summary>Memory of the indices, in bytes.</summary>
    internal long Bytes => Forward.Bytes + Transposed.Bytes + ((long)_positions.Length * sizeof(int));

    /// <summary>Which inputs have a weight that takes part.</summary>
    internal bool[] InputsRead { get; }

    /// <summary>The position of each stored value among all weights, row by row.</summary>
    internal ReadOnlySpan<int> Positions => _positions;

    /// <inheritdoc/>
    public void Dispose()
    {
        Forward.Dispose();
        Transposed.Dispose();
    }
}

namespace Tombola.Numerics.Sparse;

/// <summary>Where the surviving weights of a layer are, prepared for its three products.</summary>
/// <remarks>
/// Built once a training: masks do not change within one. Weights into units that nobody reads survive and are counted,
/// but take part in nothing; their gradient is zero, as it is in the dense computation.
/// </remarks>
internal sealed class SparsePattern : IDisposable
{
    private readonly int[] _positions;

    /// <summary>Builds the pattern.</summary>
    /// <param name="outputs">Rows of the weights.</param>
    /// <param name="inputs">Columns of the weights.</param>
    /// <param name="survives">[outputs × inputs], row by row.</param>
    /// <param name="outputsRead">Which outputs matter to anyone; empty for all.</param>
    internal SparsePattern(int outputs, int inputs, ReadOnlySpan<bool> survives, ReadOnlySpan<bool> outputsRead)
    {
        var active = new List<(int Row, int Column, int Slot)>();
        var idle = new List<int>();
        for (var position = 0; position < survives.Length; position++)
        {
            if (!survives[position])
                continue;
            var row = position / inputs;
            if (outputsRead.Length == 0 || outputsRead[row])
                active.Add((row, position - (row * inputs), position));
            else
                idle.Add(position);
        }

        var density = survives.Length == 0 ? 0 : (double)active.Count / survives.Length;
        Forward = CompressedRows.Create(
            outputs, CompressedRows.BlockWidth(inputs, density), active, out var order, inOrder: true);
        _positions = [.. order, .. idle];
        var transposed = order.Select((position, slot) => (position % inputs, position / inputs, slot)).ToArray();
        Transposed = CompressedRows.Create(
            inputs, CompressedRows.BlockWidth(outputs, density), transposed, out _, inOrder: false);
        InputsRead = new bool[inputs];
        foreach (var (_, column, _) in active)
            InputsRead[column] = true;
    }

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

using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Dense;

/// <summary>The extents of a linear layer at work on a batch.</summary>
/// <param name="Outputs">Rows of the weights.</param>
/// <param name="Inputs">Columns of the weights.</param>
/// <param name="Batch">Examples.</param>
internal readonly record struct LinearSize(int Outputs, int Inputs, int Batch)
{
    /// <summary>Lanes with which a row of activations is stored: the batch padded to 16.</summary>
    public int Lanes => VectorWidth.Padded(Batch);
}

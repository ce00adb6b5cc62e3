using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;

namespace Tombola.Numerics.Dense;

/// <summary>The three passes of a dense linear layer on batch-last activations.</summary>
/// <remarks>
/// Weights are <c>[outputs, inputs]</c>, activations <c>[features, lanes]</c> with lanes the batch padded to 16. All
/// sums run in a fixed order, so the bits depend neither on the threads nor on the vector width.
/// </remarks>
internal static unsafe class LinearKernels
{
    /// <summary>Computes <c>y = w · x + bias</c>.</summary>
    /// <param name="y">[outputs, lanes], overwritten.</param>
    /// <param name="w">[outputs, inputs].</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <param name="x">[inputs, lanes].</param>
    /// <param name="rows">Finds the rows of <paramref name="x"/> that are not all zero; null to take all rows.</param>
    internal static void Forward(
        ThreadTeam team, FloatBuffer y, FloatBuffer w, FloatBuffer? bias, FloatBuffer x, in LinearSize size,
        NonzeroRows? rows = null)
    {
        var listed = rows is not null && rows.Find(x, size.Inputs, size.Lanes);
        new DenseProduct
        {
            Rows = size.Outputs, Columns = size.Lanes, Depth = listed ? rows!.Count : size.Inputs,
            A = w.Pointer, ARow = size.Inputs, AColumn = 1,
            B = x.Pointer, BRow = size.Lanes, BPanel = DenseProduct.PanelColumns,
            C = y.Pointer, CRow = size.Lanes,
            Bias = bias is null ? null : bias.Pointer, Terms = listed ? rows!.Pointer : null,
        }.Run(team);
    }

    /// <summary>Computes <c>dx (+)= wᵀ · dy</c>.</summary>
    /// <param name="dx">[inputs, lanes].</param>
    /// <param name="w">[outputs, inputs].</param>
    /// <param name="dy">[outputs, lanes].</param>
    /// <param name="accumulate">Whether the present content of <paramref name="dx"/> is added to.</param>
    internal static void InputGradient(
        ThreadTeam team, FloatBuffer dx, FloatBuffer w, FloatBuffer dy, in LinearSize size, bool accumulate) =>
        new DenseProduct
        {
            Rows = size.Inputs, Columns = size.Lanes, Depth = size.Outputs,
            A = w.Pointer, ARow = 1, AColumn = size.Inputs,
            B = dy.Pointer, BRow = size.Lanes, BPanel = DenseProduct.PanelColumns,
            C = dx.Pointer, CRow = size.Lanes, Accumulate = accumulate,
        }.Run(team);

    /// <summary>Number of floats of scratch that <see cref="WeightGradient"/> needs.</summary>
    internal static int ScratchLength(in LinearSize size) =>
        checked(Transposition.PanelCount(size.Inputs) * Transposition.PanelFloats(size.Batch));

    /// <summary>Computes <c>dw (+)= dy · xᵀ</c>, summed over the examples in order.</summary>
    /// <param name="dw">[outputs, inputs].</param>
    /// <param name="dy">[outputs, lanes]; lanes beyond the batch are not read.</param>
    /// <param name="x">[inputs, lanes].</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> floats, overwritten.</param>
    /// <param name="accumulate">Whether the present content of <paramref name="dw"/> is added to.</param>
    internal static void WeightGradient(
        ThreadTeam team, FloatBuffer dw, FloatBuffer dy, FloatBuffer x, FloatBuffer scratch,
        in LinearSize size, bool accumulate)
    {
        new Transposition
        {
            Source = x.Pointer, SourceRow = size.Lanes, Rows = size.Inputs, Lanes = size.Batch,
            Panels = scratch.Pointer,
        }.Run(team);
        new DenseProduct
        {
            Rows = size.Outputs, Columns = size.Inputs, Depth = size.Batch,
            A = dy.Pointer, ARow = size.Lanes, AColumn = 1,
            B = scratch.Pointer, BRow = DenseProduct.PanelColumns, BPanel = Transposition.PanelFloats(size.Batch),
            C = dw.Pointer, CRow = size.Inputs, Accumulate = accumulate,
        }.Run(team);
    }
}

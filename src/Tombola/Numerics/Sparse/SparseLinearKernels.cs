using Tombola.Numerics.Dense;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;

namespace Tombola.Numerics.Sparse;

/// <summary>The three passes of a linear layer whose weights are compressed to the survivors.</summary>
/// <remarks>Values and their gradient are in the order of <see cref="SparsePattern.Positions"/>.</remarks>
internal static unsafe class SparseLinearKernels
{
    /// <summary>Computes <c>y = w · x + bias</c>; outputs that nobody reads get their bias alone.</summary>
    /// <param name="y">[outputs, lanes], overwritten.</param>
    /// <param name="w">The surviving weights.</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <param name="x">[inputs, lanes]; rows that nobody reads may hold anything.</param>
    internal static void Forward(
        ThreadTeam team, SparsePattern pattern, FloatBuffer y, FloatBuffer w, FloatBuffer? bias, FloatBuffer x,
        in LinearSize size)
    {
        var product = SparseProduct.Of(pattern.Forward);
        product.Values = w.Pointer;
        product.Lanes = size.Lanes;
        product.B = x.Pointer;
        product.C = y.Pointer;
        product.Bias = bias is null ? null : bias.Pointer;
        product.Run(team);
    }

    /// <summary>Computes <c>dx (+)= wᵀ · dy</c>.</summary>
    /// <param name="dx">[inputs, lanes].</param>
    /// <param name="w">The surviving weights.</param>
    /// <param name="dy">[outputs, lanes].</param>
    /// <param name="accumulate">Whether the present content of <paramref name="dx"/> is added to.</param>
    internal static void InputGradient(
        ThreadTeam team, SparsePattern pattern, FloatBuffer dx, FloatBuffer w, FloatBuffer dy, in LinearSize size,
        bool accumulate)
    {
        var product = SparseProduct.Of(pattern.Transposed);
        product.Values = w.Pointer;
        product.B = dy.Pointer;
        product.C = dx.Pointer;
        product.Lanes = size.Lanes;
        product.Accumulate = accumulate;
        product.Run(team);
    }

    /// <summary>Computes the gradient of the surviving weights, <c>dw (+)= dy · xᵀ</c> at their positions.</summary>
    /// <param name="dw">One entry a surviving weight; those that take part in nothing are left as they are.</param>
    /// <param name="dy">[outputs, lanes], its padding lanes zero.</param>
    /// <param name="x">[inputs, lanes], its padding lanes finite.</param>
    /// <param name="accumulate">Whether the present content of <paramref name="dw"/> is added to.</param>
    internal static void WeightGradient(
        ThreadTeam team, SparsePattern pattern, FloatBuffer dw, FloatBuffer dy, FloatBuffer x, in LinearSize size,
        bool accumulate)
    {
        new SampledProduct
        {
            Starts = pattern.Forward.Starts, Columns = pattern.Forward.Columns, Rows = pattern.Forward.Rows,
            Blocks = pattern.Forward.Blocks, Values = dw.Pointer, A = dy.Pointer, B = x.Pointer, Lanes = size.Lanes,
            Accumulate = accumulate,
        }.Run(team);
    }
}

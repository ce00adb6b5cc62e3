using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;

namespace Tombola.Numerics.Convolution;

/// <summary>The three passes of a convolution whose weights are compressed to the survivors.</summary>
/// <remarks>Values and their gradient are in the order of <c>SparsePattern.Positions</c>.</remarks>
internal static unsafe class SparseConvolutionKernels
{
    /// <summary>Computes the outputs; channels that nobody reads get their bias alone.</summary>
    /// <param name="y">[outputs, output pixels, lanes], overwritten.</param>
    /// <param name="w">The surviving weights.</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <param name="x">[inputs, pixels, lanes].</param>
    /// <param name="rectify">Whether ReLU follows.</param>
    internal static void Forward(
        ThreadTeam team, SparseConvolutionPlan plan, FloatBuffer y, FloatBuffer w, FloatBuffer? bias, FloatBuffer x,
        bool rectify = false) =>
        new SparseConvolution
        {
            Survivors = plan.Pattern.Forward, Offsets = plan.Forward, Edges = plan.ForwardEdges,
            Layout = plan.ForwardLayout, Sources = plan.Size.Inputs, BlockChannels = plan.Pattern.ForwardBlock,
            Values = plan.InOrder(team, plan.Pattern.Forward, w).Pointer,
            Source = x.Pointer, Target = y.Pointer, Bias = bias is null ? null : bias.Pointer, Rectify = rectify,
        }.Run(team);

    /// <summary>Computes the gradient of the input; for stride 1.</summary>
    /// <param name="dx">[inputs, pixels, lanes].</param>
    /// <param name="w">The surviving weights.</param>
    /// <param name="dy">[outputs, output pixels, lanes].</param>
    /// <param name="accumulate">Whether the present content of <paramref name="dx"/> is added to.</param>
    internal static void InputGradient(
        ThreadTeam team, SparseConvolutionPlan plan, FloatBuffer dx, FloatBuffer w, FloatBuffer dy, bool accumulate) =>
        new SparseConvolution
        {
            Survivors = plan.Pattern.Transposed, Offsets = plan.Backward, Edges = plan.BackwardEdges,
            Layout = plan.BackwardLayout, Sources = plan.Size.Outputs, BlockChannels = plan.Pattern.TransposedBlock,
            Values = plan.InOrder(team, plan.Pattern.Transposed, w).Pointer,
            Source = dy.Pointer, Target = dx.Pointer, Accumulate = accumulate,
        }.Run(team);

    /// <summary>Computes the gradient of the surviving weights.</summary>
    /// <param name="dw">In the order of the values; that of weights which take no part is left as it is.</param>
    /// <param name="dy">[outputs, output pixels, lanes]; its padding lanes are zero.</param>
    /// <param name="x">[inputs, pixels, lanes].</param>
    /// <param name="accumulate">Whether the present content of <paramref name="dw"/> is added to.</param>
    internal static void WeightGradient(
        ThreadTeam team, SparseConvolutionPlan plan, FloatBuffer dw, FloatBuffer dy, FloatBuffer x, bool accumulate) =>
        new SparseWeightGradient
        {
            Survivors = plan.Pattern.Forward, Offsets = plan.Forward, Layout = plan.ForwardLayout,
            Sources = plan.Size.Inputs, BlockChannels = plan.Pattern.ForwardBlock, Values = dw.Pointer,
            Count = plan.Pattern.Active, Partial = plan.Partial is { } partial ? partial.Pointer : null,
            Dy = dy.Pointer, X = x.Pointer, Accumulate = accumulate,
        }.Run(team);

    /// <summary>Computes both gradients at once, for stride 1: faster than one after the other.</summary>
    /// <param name="dx">[inputs, pixels, lanes].</param>
    /// <param name="dw">In the order of the values; that of weights which take no part is left as it is.</param>
    /// <param name="w">The surviving weights.</param>
    /// <param name="dy">[outputs, output pixels, lanes]; its padding lanes are zero.</param>
    /// <param name="x">[inputs, pixels, lanes].</param>
    /// <param name="accumulate">Whether the present content of dx, and of dw, is added to.</param>
    internal static void Gradients(
        ThreadTeam team, SparseConvolutionPlan plan, FloatBuffer dx, FloatBuffer dw, FloatBuffer w, FloatBuffer dy,
        FloatBuffer x, (bool Dx, bool Dw) accumulate) =>
        new SparseBackward
        {
            Plan = plan, Offsets = plan.Backward, Edges = plan.BackwardEdges,
            Values = plan.InOrder(team, plan.Pattern.Transposed, w).Pointer, Gradients = dw.Pointer,
            Partial = plan.PartialOfBoth is { } partial ? partial.Pointer : null,
            Dy = dy.Pointer, X = x.Pointer, Dx = dx.Pointer,
            Accumulate = accumulate.Dw, AccumulateInputs = accumulate.Dx,
        }.Run(team);
}

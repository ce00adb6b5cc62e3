using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;

namespace Tombola.Numerics.Convolution;

/// <summary>The three passes of a dense convolution on batch-last images.</summary>
/// <remarks>
/// Weights are <c>[outputs, inputs, kernel, kernel]</c>, images <c>[channels, height, width, lanes]</c> with lanes the
/// batch padded to 16. All sums run in a fixed order, so the bits do not depend on the threads.
/// </remarks>
internal static unsafe class ConvolutionKernels
{
    /// <summary>Computes the outputs.</summary>
    /// <param name="y">[outputs, output pixels, lanes], overwritten.</param>
    /// <param name="w">[outputs, inputs, kernel, kernel].</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <param name="x">[inputs, pixels, lanes].</param>
    /// <param name="rectify">Whether ReLU follows.</param>
    internal static void Forward(
        ThreadTeam team, ConvolutionPlan plan, FloatBuffer y, FloatBuffer w, FloatBuffer? bias, FloatBuffer x,
        bool rectify = false)
    {
        var size = plan.Size;
        new DenseConvolution
        {
            Taps = plan.Forward, Sources = size.Inputs, Targets = size.Outputs, SourceWidth = size.Width,
            Lanes = size.Lanes, SourceChannel = (nint)size.InputPixels * size.Lanes,
            TargetChannel = (nint)size.OutputPixels * size.Lanes,
            Weights = w.Pointer, WeightTarget = size.Inputs * size.Taps, WeightSource = size.Taps,
            Source = x.Pointer, Target = y.Pointer, Bias = bias is null ? null : bias.Pointer, Rectify = rectify,
        }.Run(team);
    }

    /// <summary>Computes the gradient of the input.</summary>
    /// <param name="dx">[inputs, pixels, lanes].</param>
    /// <param name="w">[outputs, inputs, kernel, kernel].</param>
    /// <param name="dy">[outputs, output pixels, lanes].</param>
    /// <param name="accumulate">Whether the present content of <paramref name="dx"/> is added to.</param>
    internal static void InputGradient(
        ThreadTeam team, ConvolutionPlan plan, FloatBuffer dx, FloatBuffer w, FloatBuffer dy, bool accumulate)
    {
        var size = plan.Size;
        new DenseConvolution
        {
            Taps = plan.Backward, Sources = size.Outputs, Targets = size.Inputs, SourceWidth = size.OutputWidth,
            Lanes = size.Lanes, SourceChannel = (nint)size.OutputPixels * size.Lanes,
            TargetChannel = (nint)size.InputPixels * size.Lanes,
            Weights = w.Pointer, WeightTarget = size.Taps, WeightSource = size.Inputs * size.Taps,
            Source = dy.Pointer, Target = dx.Pointer, Accumulate = accumulate,
        }.Run(team);
    }

    /// <summary>Computes the gradient of the weights.</summary>
    /// <param name="dw">[outputs, inputs, kernel, kernel].</param>
    /// <param name="dy">[outputs, output pixels, lanes]; its padding lanes are zero.</param>
    /// <param name="x">[inputs, pixels, lanes].</param>
    /// <param name="accumulate">Whether the present content of <paramref name="dw"/> is added to.</param>
    internal static void WeightGradient(
        ThreadTeam team, ConvolutionPlan plan, FloatBuffer dw, FloatBuffer dy, FloatBuffer x, bool accumulate) =>
        new DenseWeightGradient
        {
            Size = plan.Size, Pairs = plan.Pairs, Dw = dw.Pointer, Dy = dy.Pointer, X = x.Pointer,
            Zeros = plan.Zeros.Pointer, Partial = plan.Partial is { } partial ? partial.Pointer : null,
            Accumulate = accumulate,
        }.Run(team);
}

using Tombola.Numerics.Convolution;
using Tombola.Numerics.Lanewise;
using Tombola.Numerics.Memory;

namespace Tombola.Tensors;

/// <summary>The convolution of images.</summary>
public static class ConvolutionOperation
{
    /// <summary>
    /// Computes <c>y[o, h, w] = b[o] + Σ W[o, c, r, s] · x[c, h·stride − padding + r, w·stride − padding + s]</c>.
    /// </summary>
    /// <remarks>
    /// A correlation, as everywhere in the field; outside the image x is zero. A compressed weight computes with its
    /// survivors alone: the same numbers up to the order of their sums.
    /// </remarks>
    /// <param name="tape">The pass.</param>
    /// <param name="x">[inputs, height, width, batch].</param>
    /// <param name="weight">[outputs, inputs, kernel, kernel].</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <param name="stride">Pixels from one output to the next, 1 or more.</param>
    /// <param name="padding">Zeros around the image, 0 to kernel − 1.</param>
    /// <param name="rectify">Whether ReLU follows, which is then computed in the same pass.</param>
    /// <returns>[outputs, output height, output width, batch], valid until the tape's next pass.</returns>
    /// <exception cref="ShapeException">Weight, bias and input do not fit each other.</exception>
    public static Tensor Convolution(
        this Tape tape, Tensor x, Parameter weight, Parameter? bias = null, int stride = 1, int padding = 0,
        bool rectify = false)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        var what = $"convolution with weight {weight.Shape}";
        if (weight.Shape.Rank != 4 || weight.Shape[2] != weight.Shape[3])
            throw new ShapeException(what, "[outputs, inputs, kernel, kernel]", weight.Shape);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(padding, weight.Shape[2]);
        if (x.Shape.Rank != 4 || x.Shape[0] != weight.Shape[1])
            throw new ShapeException(what, $"[{weight.Shape[1]}, height, width, batch]", x.Shape);
        if (Math.Min(x.Shape[1], x.Shape[2]) + (2 * padding) < weight.Shape[2])
            throw new ShapeException(what, "an image no smaller than the kernel", x.Shape);
        if (bias is not null && (bias.Shape.Rank != 1 || bias.Shape[0] != weight.Shape[0]))
            throw new ShapeException(what, "a bias of one number an output", bias.Shape);
        return tape.Next<Node>().Forward(tape, x, (weight, bias), (stride, padding), rectify);
    }

    /// <summary>
    /// Computes a convolution of one example, without a tape; the cost follows the surviving weights.
    /// </summary>
    /// <param name="x">[inputs, height, width].</param>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Columns of the image.</param>
    /// <param name="weight">[outputs, inputs, kernel, kernel].</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <param name="stride">Pixels from one output to the next, 1 or more.</param>
    /// <param name="padding">Zeros around the image.</param>
    /// <param name="y">[outputs, output height, output width], overwritten.</param>
    /// <exception cref="ShapeException">The lengths do not fit the weight.</exception>
    public static void ConvolutionOne(
        ReadOnlySpan<float> x, int height, int width, Parameter weight, Parameter? bias, int stride, int padding,
        Span<float> y)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (weight.Shape.Rank != 4 || x.Length != weight.Shape[1] * height * width)
            throw new ShapeException("convolution of one example", $"{x.Length} inputs", weight.Shape);
        var size = new ConvolutionSize(
            weight.Shape[0], weight.Shape[1], height, width, weight.Shape[2], stride, padding, Batch: 1);
        if (y.Length != size.Outputs * size.OutputPixels)
            throw new ShapeException("convolution of one example", $"{y.Length} outputs", weight.Shape);
        SingleImage.Run(
            size, weight.Pattern, weight.Values.Span, bias is null ? default : bias.Values.Span, x, y);
    }

    private sealed class Node : Operation
    {
        private Tensor _x = null!;
        private Parameter _weight = null!;
        private Parameter? _bias;
        private ConvolutionPlan? _plan;
        private SparseConvolutionPlan? _sparse;
        private FloatBuffer? _all;
        private Shape? _shape;
        private bool _rectify;

        public Tensor Forward(
            Tape tape, Tensor x, (Parameter Weight, Parameter? Bias) parameters, (int Stride, int Padding) step,
            bool rectify)
        {
            (_x, _weight, _bias, _rectify) = (x, parameters.Weight, parameters.Bias, rectify);
            Plan(new ConvolutionSize(
                _weight.Shape[0], _weight.Shape[1], x.Shape[1], x.Shape[2], _weight.Shape[2], step.Stride,
                step.Padding, x.Batch));
            var y = PrepareOutput(_shape!, requiresGradient: tape.Training);
            var (w, bias) = (_weight.Values, _bias?.Values);
            if (_sparse is { } sparse)
                SparseConvolutionKernels.Forward(tape.Team, sparse, y.Buffer, w, bias, x.Buffer, rectify);
            else
                ConvolutionKernels.Forward(tape.Team, _plan!, y.Buffer, w, bias, x.Buffer, rectify);
            return y;
        }

        public override void Backward(Tape tape)
        {
            var dy = Output.Gradient;
            var size = _plan!.Size;
            // In place: nobody else reads the gradient of the output once this pass has come here.
            if (_rectify)
                Rectifier.Backward(tape.Team, dy, Output.Buffer, dy, accumulate: false);
            if (_bias is { Trainable: true })
            {
                var add = _bias.ContributeGradient(tape);
                LaneSums.Run(tape.Team, _bias.Gradient, dy, size.Outputs, size.OutputPixels * size.Lanes, add);
            }

            if (_sparse is { Size.Stride: 1 } both && _x.RequiresGradient && _weight.Trainable)
            {
                var accumulate = (_x.ContributeGradient(tape), _weight.ContributeGradient(tape));
                SparseConvolutionKernels.Gradients(
                    tape.Team, both, _x.Gradient, _weight.Gradient, _weight.Values, dy, _x.Buffer, accumulate);
                return;
            }

            if (_x.RequiresGradient)
                InputGradient(tape, dy);
            if (!_weight.Trainable)
                return;
            var sum = _weight.ContributeGradient(tape);
            if (_sparse is { } sparse)
                SparseConvolutionKernels.WeightGradient(tape.Team, sparse, _weight.Gradient, dy, _x.Buffer, sum);
            else
                ConvolutionKernels.WeightGradient(tape.Team, _plan, _weight.Gradient, dy, _x.Buffer, sum);
        }

        protected override void Dispose(bool disposing)
        {
            _plan?.Dispose();
            _sparse?.Dispose();
            _all?.Dispose();
            base.Dispose(disposing);
        }

        private void Plan(in ConvolutionSize size)
        {
            if (_plan is null || _plan.Size != size)
            {
                _plan?.Dispose();
                _sparse?.Dispose();
                (_plan, _sparse) = (new ConvolutionPlan(size), null);
                _shape = new Shape(size.Outputs, size.OutputHeight, size.OutputWidth, size.Batch);
            }

            if (ReferenceEquals(_sparse?.Pattern, _weight.Pattern))
                return;
            _sparse?.Dispose();
            _sparse = _weight.Pattern is { } pattern ? new SparseConvolutionPlan(pattern, size) : null;
        }

        private void InputGradient(Tape tape, FloatBuffer dy)
        {
            var add = _x.ContributeGradient(tape);
            if (_sparse is { } sparse && sparse.Size.Stride == 1)
            {
                SparseConvolutionKernels.InputGradient(
                    tape.Team, sparse, _x.Gradient, _weight.Values, dy, add);
                return;
            }

            var weights = _weight.Values;
            if (_sparse is not null)
            {
                // Between strides every fourth tap counts at most: the few layers that have any go the dense way.
                weights = _all ??= new FloatBuffer(_weight.Shape.Count);
                _weight.CopyTo(weights.Span);
            }

            ConvolutionKernels.InputGradient(tape.Team, _plan!, _x.Gradient, weights, dy, add);
        }
    }
}

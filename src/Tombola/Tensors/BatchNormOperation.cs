using Tombola.Numerics.Convolution;

namespace Tombola.Tensors;

/// <summary>Batch normalisation of channels.</summary>
public static class BatchNormOperation
{
    /// <summary>What is added to variances before the root is taken.</summary>
    public const double Epsilon = 1e-5;

    /// <summary>The weight of a batch in the running statistics.</summary>
    public const double Momentum = 0.1;

    /// <summary>Computes <c>y = γ · (x − μ) / √(σ² + ε) + β</c> for each channel (Ioffe and Szegedy 2015).</summary>
    /// <remarks>
    /// In training μ and σ² are those of the batch, over examples and pixels, and the running statistics move towards
    /// them by a tenth (the variance with the divisor n − 1). In evaluation the running statistics are used.
    /// </remarks>
    /// <param name="tape">The pass.</param>
    /// <param name="x">[channels, …, batch].</param>
    /// <param name="statistics">γ, β and the running statistics, [channels] each.</param>
    /// <param name="rectify">Whether ReLU follows, which is then computed in the same pass.</param>
    /// <returns>The shape of <paramref name="x"/>, valid until the tape's next pass.</returns>
    /// <exception cref="ShapeException">The channels differ.</exception>
    public static Tensor BatchNorm(this Tape tape, Tensor x, BatchNormParameters statistics, bool rectify = false)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(statistics);
        if (x.Shape.Rank < 2 || x.Shape[0] != statistics.Scale.Shape.Count)
            throw new ShapeException("batch norm", $"[{statistics.Scale.Shape.Count}, …, batch]", x.Shape);
        return tape.Next<Node>().Forward(tape, x, statistics, rectify);
    }

    private sealed class Node : Operation
    {
        private Tensor _x = null!;
        private BatchNormParameters _parameters = null!;
        private ChannelStatistics? _statistics;
        private bool _rectify;

        private int Channels => _x.Shape[0];

        public Tensor Forward(Tape tape, Tensor x, BatchNormParameters parameters, bool rectify)
        {
            (_x, _parameters, _rectify) = (x, parameters, rectify);
            if (_statistics is null || !_statistics.Fits(Channels, x.Lanes, x.Batch))
            {
                _statistics?.Dispose();
                _statistics = new ChannelStatistics(Channels, x.Lanes, x.Batch);
            }

            var y = PrepareOutput(x.Shape, requiresGradient: tape.Training);
            if (!tape.Training)
                _statistics.Set(parameters.RunningMean.Values, parameters.RunningVariance.Values, Epsilon);
            BatchNormKernels.Forward(
                tape.Team, _statistics, y.Buffer, x.Buffer, (parameters.Scale.Values, parameters.Shift.Values),
                new NormalisingMode(tape.Training, rectify, Epsilon));
            if (tape.Training)
                UpdateRunningStatistics();
            return y;
        }

        public override void Backward(Tape tape)
        {
            var (scale, shift) = (_parameters.Scale, _parameters.Shift);
            var dy = _x.RequiresGradient ? _x.InheritGradient(Output) : Output.Gradient;
            var add = (_x.RequiresGradient && _x.ContributeGradient(tape), scale.ContributeGradient(tape),
                shift.ContributeGradient(tape));
            BatchNormKernels.Backward(
                tape.Team, _statistics!, (_x.RequiresGradient ? _x.Gradient : null, scale.Gradient, shift.Gradient),
                (_x.Buffer, dy, scale.Values, shift.Values), _rectify, add);
        }

        protected override void Dispose(bool disposing)
        {
            _statistics?.Dispose();
            base.Dispose(disposing);
        }

        private void UpdateRunningStatistics()
        {
            var count = (double)_x.Rows / Channels * _x.Batch;
            var unbiased = count > 1 ? count / (count - 1) : 1;
            var mean = _parameters.RunningMean.Values.Span;
            var variance = _parameters.RunningVariance.Values.Span;
            for (var channel = 0; channel < Channels; channel++)
            {
                var batchMean = _statistics!.Mean.Span[channel];
                var batchVariance = _statistics.Variance.Span[channel] * unbiased;
                mean[channel] = (float)(((1 - Momentum) * mean[channel]) + (Momentum * batchMean));
                variance[channel] = (float)(((1 - Momentum) * variance[channel]) + (Momentum * batchVariance));
            }
        }
    }
}

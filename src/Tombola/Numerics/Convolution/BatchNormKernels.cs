using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;

namespace Tombola.Numerics.Convolution;

/// <summary>The two passes of batch normalisation over images [channels, pixels, lanes].</summary>
internal static unsafe class BatchNormKernels
{
    /// <summary>Normalises.</summary>
    /// <param name="statistics">Measured in training, read in evaluation.</param>
    /// <param name="y">Overwritten.</param>
    /// <param name="x">Of the same length.</param>
    /// <param name="parameters">γ and β, [channels].</param>
    /// <param name="mode">How.</param>
    internal static void Forward(
        ThreadTeam team, ChannelStatistics statistics, FloatBuffer y, FloatBuffer x,
        (FloatBuffer Scale, FloatBuffer Shift) parameters, NormalisingMode mode)
    {
        var work = Of(statistics, x, parameters, mode.Rectify);
        work.Y = y.Pointer;
        work.Pass = mode.Training ? NormalisingPass.Training : NormalisingPass.Evaluation;
        work.Epsilon = mode.Epsilon;
        work.Run(team, statistics.Mean.Length);
    }

    /// <summary>Computes the gradients, from the statistics of the forward pass in training.</summary>
    /// <param name="statistics">As the forward pass left them.</param>
    /// <param name="gradients">Those of x (null where not wanted), γ and β.</param>
    /// <param name="values">x, the gradient of y with zeros in the padding, which may be that of x, γ and β.</param>
    /// <param name="rectify">Whether ReLU followed.</param>
    /// <param name="add">Whether each gradient is added to what is there.</param>
    internal static void Backward(
        ThreadTeam team, ChannelStatistics statistics, (FloatBuffer? X, FloatBuffer Scale, FloatBuffer Shift) gradients,
        (FloatBuffer X, FloatBuffer Dy, FloatBuffer Scale, FloatBuffer Shift) values, bool rectify,
        (bool X, bool Scale, bool Shift) add)
    {
        var work = Of(statistics, values.X, (values.Scale, values.Shift), rectify);
        work.Pass = NormalisingPass.Backward;
        work.Dy = values.Dy.Pointer;
        work.Dx = gradients.X is null ? null : gradients.X.Pointer;
        work.ScaleGradient = gradients.Scale.Pointer;
        work.ShiftGradient = gradients.Shift.Pointer;
        (work.AddInput, work.AddScale, work.AddShift) = add;
        work.Run(team, statistics.Mean.Length);
    }

    private static Normalising Of(
        ChannelStatistics statistics, FloatBuffer x, (FloatBuffer Scale, FloatBuffer Shift) parameters, bool rectify)
    {
        var (channels, lanes) = (statistics.Mean.Length, statistics.Examples.Length);
        return new Normalising
        {
            Pixels = x.Length / channels / lanes, Lanes = lanes, Batch = statistics.Batch, Rectify = rectify,
            Examples = statistics.Examples.Pointer, X = x.Pointer,
            Mean = statistics.Mean.Pointer, Variance = statistics.Variance.Pointer,
            InverseDeviation = statistics.InverseDeviation.Pointer,
            Scale = parameters.Scale.Pointer, Shift = parameters.Shift.Pointer,
        };
    }
}

/// <summary>How to normalise.</summary>
/// <param name="Training">Whether the statistics are those of the batch.</param>
/// <param name="Rectify">Whether ReLU follows.</param>
/// <param name="Epsilon">Added to variances before the root is taken.</param>
internal readonly record struct NormalisingMode(bool Training, bool Rectify, double Epsilon);

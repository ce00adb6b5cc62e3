using System.Runtime.CompilerServices;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Convolution;

/// <summary>Batch normalisation of channels, with ReLU behind it where wanted: forward and backward.</summary>
/// <remarks>
/// A channel's numbers are gone through two or three times while they are in the second-level cache. What ReLU let pass
/// is computed again from x, which has to be read anyway. Sums run in float32 over short stretches and in float64 over
/// these. The padding lanes of a batch count for nothing. An item
/// is a channel.
/// </remarks>
internal unsafe struct Normalising : IRangeWork
{
    private const int StretchPixels = 16;

    /// <summary>What to compute.</summary>
    public NormalisingPass Pass;

    /// <summary>Pixels of a channel, lanes of a pixel, and examples among these.</summary>
    public int Pixels, Lanes, Batch;

    /// <summary>[lanes]: 1 for examples, 0 for padding.</summary>
    public float* Examples;

    /// <summary>[channels, pixels, lanes].</summary>
    public float* X, Y, Dx, Dy;

    /// <summary>[channels].</summary>
    public float* Scale, Shift, Mean, InverseDeviation, Variance, ScaleGradient, ShiftGradient;

    /// <summary>Added to variances before the root is taken.</summary>
    public double Epsilon;

    /// <summary>Whether ReLU follows.</summary>
    public bool Rectify;

    /// <summary>Whether the present content of dx, and of the parameters' gradients, is added to.</summary>
    public bool AddInput, AddScale, AddShift;

    /// <summary>Computes the pass on a team.</summary>
    internal readonly void Run(ThreadTeam team, int channels) => team.Run(this, channels);

    /// <inheritdoc/>
    public readonly void Run(int from, int to)
    {
        switch (VectorWidth.Bits)
        {
            case 512: Run<Lanes512>(from, to); break;
            case 256: Run<Lanes256>(from, to); break;
            case 128: Run<Lanes128>(from, to); break;
            default: Run<Lanes1>(from, to); break;
        }
    }

    private readonly void Run<T>(int from, int to)
        where T : struct, ILanes<T>
    {
        for (var channel = from; channel < to; channel++)
        {
            var at = (nint)channel * Pixels * Lanes;
            if (Pass == NormalisingPass.Backward)
            {
                Backward<T>(channel, at);
                continue;
            }

            if (Pass == NormalisingPass.Training)
                Measure<T>(channel, X + at);
            Apply<T>(channel, X + at, Y + at);
        }
    }

    private readonly void Measure<T>(int channel, float* x)
        where T : struct, ILanes<T>
    {
        var count = (double)Pixels * Batch;
        var mean = Stretches<T>(x, 0, squares: false) / count;
        // Deviations are taken from the rounded mean; what that leaves over is taken off again.
        Mean[channel] = (float)mean;
        var rest = mean - Mean[channel];
        var variance = Math.Max(0, (Stretches<T>(x, Mean[channel], squares: true) / count) - (rest * rest));
        Variance[channel] = (float)variance;
        InverseDeviation[channel] = (float)(1 / Math.Sqrt(variance + Epsilon));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly double Stretches<T>(float* x, float mean, bool squares)
        where T : struct, ILanes<T>
    {
        var total = 0.0;
        var centre = T.Broadcast(mean);
        for (var first = 0; first < Pixels; first += StretchPixels)
        {
            var end = x + ((nint)Math.Min(StretchPixels, Pixels - first) * Lanes);
            T sum = T.Zero, second = T.Zero;
            for (; x < end; x += Lanes)
            {
                for (nint lane = 0; lane < Lanes; lane += T.Width)
                {
                    var deviation = (T.Load(x + lane) - centre) * T.Load(Examples + lane);
                    // In turns: the next addition need not wait for the last.
                    (sum, second) = (
                        second, squares ? T.MultiplyAdd(deviation, deviation, sum) : sum + deviation);
                }
            }

            total += T.Sum(sum + second);
        }

        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void Apply<T>(int channel, float* x, float* y)
        where T : struct, ILanes<T>
    {
        T scale = T.Broadcast(Scale[channel] * InverseDeviation[channel]);
        T centre = T.Broadcast(Mean[channel]), offset = T.Broadcast(Shift[channel]);
        for (var end = x + ((nint)Pixels * Lanes); x < end; x += T.Width, y += T.Width)
        {
            var value = T.MultiplyAdd(T.Load(x) - centre, scale, offset);
            T.Store(y, Rectify ? T.WherePositive(value, value) : value);
        }
    }

    private readonly void Backward<T>(int channel, nint at)
        where T : struct, ILanes<T>
    {
        var count = (double)Pixels * Batch;
        var inverse = InverseDeviation[channel];
        var (shift, scale) = BackwardSums<T>(channel, X + at, Dy + at);
        scale *= inverse;
        ShiftGradient[channel] = (float)shift + (AddShift ? ShiftGradient[channel] : 0);
        ScaleGradient[channel] = (float)scale + (AddScale ? ScaleGradient[channel] : 0);
        if (Dx is not null)
        {
            // dx = γ / σ · (dy − mean(dy) − x̂ · mean(dy · x̂)), with x̂ = (x − μ) / σ.
            var factors = new Factors
            {
                Outer = Scale[channel] * inverse, Constant = (float)(shift / count),
                Slope = (float)(scale * inverse / count),
            };
            BackwardApply<T>(channel, X + at, Dy + at, Dx + at, factors);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly (double Sum, double Product) BackwardSums<T>(int channel, float* x, float* dy)
        where T : struct, ILanes<T>
    {
        var (sum, product) = (0.0, 0.0);
        T scale = T.Broadcast(Scale[channel] * InverseDeviation[channel]);
        T centre = T.Broadcast(Mean[channel]), offset = T.Broadcast(Shift[channel]);
        for (var first = 0; first < Pixels; first += StretchPixels)
        {
            T a = T.Zero, b = T.Zero, secondA = T.Zero, secondB = T.Zero;
            var end = x + ((nint)Math.Min(StretchPixels, Pixels - first) * Lanes);
            for (; x < end; x += T.Width, dy += T.Width)
            {
                var (gradient, deviation) = (T.Load(dy), T.Load(x) - centre);
                if (Rectify)
                    gradient = T.WherePositive(T.MultiplyAdd(deviation, scale, offset), gradient);
                (a, secondA) = (secondA, a + gradient);
                (b, secondB) = (secondB, T.MultiplyAdd(gradient, deviation, b));
            }

            (sum, product) = (sum + T.Sum(a + secondA), product + T.Sum(b + secondB));
        }

        return (sum, product);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void BackwardApply<T>(int channel, float* x, float* dy, float* dx, Factors factors)
        where T : struct, ILanes<T>
    {
        T scale = T.Broadcast(Scale[channel] * InverseDeviation[channel]);
        T centre = T.Broadcast(Mean[channel]), offset = T.Broadcast(Shift[channel]);
        T outer = T.Broadcast(factors.Outer);
        T constant = T.Broadcast(factors.Constant), slope = T.Broadcast(-factors.Slope);
        for (var end = x + ((nint)Pixels * Lanes); x < end; x += Lanes, dy += Lanes, dx += Lanes)
        {
            for (nint lane = 0; lane < Lanes; lane += T.Width)
            {
                var (gradient, deviation) = (T.Load(dy + lane), T.Load(x + lane) - centre);
                if (Rectify)
                    gradient = T.WherePositive(T.MultiplyAdd(deviation, scale, offset), gradient);
                gradient = T.MultiplyAdd(deviation, slope, gradient - constant);
                gradient = gradient * outer * T.Load(Examples + lane);
                T.Store(dx + lane, AddInput ? T.Load(dx + lane) + gradient : gradient);
            }
        }
    }

    private struct Factors
    {
        public float Outer, Constant, Slope;
    }
}

/// <summary>The passes of batch normalisation.</summary>
internal enum NormalisingPass
{
    /// <summary>Forward with the statistics of the batch, which are measured.</summary>
    Training,

    /// <summary>Forward with statistics that are given.</summary>
    Evaluation,

    /// <summary>Backward with the statistics of the batch.</summary>
    Backward,
}

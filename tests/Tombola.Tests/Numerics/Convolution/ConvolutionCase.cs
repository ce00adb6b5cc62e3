using Tombola.Numerics.Convolution;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;

namespace Tombola.Tests.Numerics.Convolution;

/// <summary>A convolution with random operands, and its passes by the definition in float64.</summary>
internal sealed class ConvolutionCase : IDisposable
{
    private readonly ConvolutionSize _size;
    private readonly ConvolutionPlan _plan;
    private readonly FloatBuffer _bias;
    private readonly FloatBuffer _x;
    private readonly FloatBuffer _dy;

    public ConvolutionCase(ConvolutionSize size)
    {
        _size = size;
        _plan = new ConvolutionPlan(size);
        W = RandomBuffers.Create(size.Outputs * size.Inputs * size.Taps, "w");
        _bias = RandomBuffers.Create(size.Outputs, "bias");
        _x = RandomBuffers.CreatePadded(size.Inputs * size.InputPixels, size.Lanes, size.Batch, "x", 0.5f);
        _dy = RandomBuffers.CreatePadded(size.Outputs * size.OutputPixels, size.Lanes, size.Batch, "dy", 0);
        Y = RandomBuffers.Create(_dy.Length, "y");
        Dx = RandomBuffers.Create(_x.Length, "dx");
        Dw = RandomBuffers.Create(W.Length, "dw");
    }

    public FloatBuffer W { get; }

    public FloatBuffer Bias => _bias;

    public FloatBuffer X => _x;

    public FloatBuffer Dy => _dy;

    public FloatBuffer Y { get; }

    public FloatBuffer Dx { get; }

    public FloatBuffer Dw { get; }

    public void Run(ThreadTeam team, bool accumulate)
    {
        ConvolutionKernels.Forward(team, _plan, Y, W, _bias, _x);
        ConvolutionKernels.InputGradient(team, _plan, Dx, W, _dy, accumulate);
        ConvolutionKernels.WeightGradient(team, _plan, Dw, _dy, _x, accumulate);
    }

    public double[] ExpectedOutput()
    {
        var y = new double[Y.Length];
        for (var i = 0; i < y.Length; i++)
            y[i] = _bias.Span[i / _size.Lanes / _size.OutputPixels];
        ForEachTerm((w, x, o) => y[o] += (double)W.Span[w] * _x.Span[x]);
        return y;
    }

    public double[] ExpectedInputGradient()
    {
        var dx = new double[Dx.Length];
        ForEachTerm((w, x, o) => dx[x] += (double)W.Span[w] * _dy.Span[o]);
        return dx;
    }

    public double[] ExpectedWeightGradient()
    {
        var dw = new double[Dw.Length];
        ForEachTerm((w, x, o) => dw[w] += (double)_x.Span[x] * _dy.Span[o]);
        return dw;
    }

    public void Dispose()
    {
        foreach (var buffer in new[] { W, _bias, _x, _dy, Y, Dx, Dw })
            buffer.Dispose();
        _plan.Dispose();
    }

    /// <summary>Calls back with the positions of weight, input and output of every product.</summary>
    private void ForEachTerm(Action<int, int, int> term)
    {
        var (s, k) = (_size, _size.Kernel);
        for (var w = 0; w < W.Length; w++)
        {
            var (o, c, r, t) = (w / s.Inputs / s.Taps, w / s.Taps % s.Inputs, w / k % k, w % k);
            for (var pixel = 0; pixel < s.OutputPixels; pixel++)
            {
                var row = (pixel / s.OutputWidth * s.Stride) - s.Padding + r;
                var column = (pixel % s.OutputWidth * s.Stride) - s.Padding + t;
                if (row < 0 || row >= s.Height || column < 0 || column >= s.Width)
                    continue;
                var from = ((c * s.InputPixels) + (row * s.Width) + column) * s.Lanes;
                var to = ((o * s.OutputPixels) + pixel) * s.Lanes;
                for (var lane = 0; lane < s.Lanes; lane++)
                    term(w, from + lane, to + lane);
            }
        }
    }
}

/// <summary>Compares float32 results with float64 ones.</summary>
internal static class CloseToExtensions
{
    public static void ShouldBeCloseTo(this FloatBuffer actual, double[] expected)
    {
        actual.Length.ShouldBe(expected.Length);
        var scale = expected.Select(Math.Abs).Append(1).Max();
        for (var i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(actual.Span[i] - expected[i]) <= 1e-5 * scale))
                throw new ShouldAssertException($"At {i}: {actual.Span[i]} instead of {expected[i]}.");
        }
    }
}

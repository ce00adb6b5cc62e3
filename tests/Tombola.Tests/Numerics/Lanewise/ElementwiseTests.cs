using Tombola.Numerics.Lanewise;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;

namespace Tombola.Tests.Numerics.Lanewise;

public sealed class ElementwiseTests
{
    [Fact]
    public void Tanh_is_that_of_float64_to_float_precision() =>
        ShouldBeClose(HyperbolicTangent.Forward, Math.Tanh);

    [Fact]
    public void The_sigmoid_is_that_of_float64_to_float_precision() =>
        ShouldBeClose(Logistic.Forward, x => 1 / (1 + Math.Exp(-x)));

    private static void ShouldBeClose(
        Action<ThreadTeam, FloatBuffer, FloatBuffer> kernel, Func<double, double> function)
    {
        using ThreadTeam one = new(1), three = new(3);
        using var x = RandomBuffers.Create(5040, "x");
        using FloatBuffer y = new(x.Length), shared = new(x.Length);
        foreach (ref var value in x.Span)
            value *= 12;
        float[] extremes = [0, -100, 100, float.NegativeInfinity, float.PositiveInfinity, 1e-20f];
        extremes.CopyTo(x.Span);
        kernel(one, y, x);
        kernel(three, shared, x);
        shared.Span.SequenceEqual(y.Span).ShouldBeTrue();
        for (var i = 0; i < x.Length; i++)
            ((double)y.Span[i]).ShouldBe(function(x.Span[i]), 5e-7, $"at {x.Span[i]}");
    }
}

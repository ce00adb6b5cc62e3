using Tombola.Numerics.Lanewise;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;

namespace Tombola.Tests.Numerics.Lanewise;

/// <summary>Holds the kernels that work float by float against plain loops.</summary>
public sealed class PairwiseTests
{
    /// <summary>What writes to the first buffer from the others, adding or not.</summary>
    private delegate void Kernel(ThreadTeam team, FloatBuffer result, FloatBuffer a, FloatBuffer b, bool accumulate);

    [Fact]
    public void Sums_equal_a_loop() =>
        ShouldEqual((team, y, a, b, _) => Sums.Forward(team, y, a, b), (a, b) => a + b, adds: false);

    [Fact]
    public void Gradients_that_pass_unchanged_equal_a_loop() =>
        ShouldEqual((team, dx, dy, _, add) => Sums.Backward(team, dx, dy, add), (a, _) => a);

    [Fact]
    public void Products_equal_a_loop() => ShouldEqual(Products.Run, (a, b) => a * b);

    [Fact]
    public void Rectified_numbers_equal_a_loop() =>
        ShouldEqual((team, y, x, _, _) => Rectifier.Forward(team, y, x), (x, _) => x > 0 ? x : 0, adds: false);

    [Fact]
    public void Gradients_of_rectified_numbers_equal_a_loop() =>
        ShouldEqual(Rectifier.Backward, (x, dy) => x > 0 ? dy : 0);

    [Fact]
    public void Gradients_of_tanh_equal_a_loop() =>
        ShouldEqual(HyperbolicTangent.Backward, (y, dy) => dy * (1 - (y * y)));

    [Fact]
    public void Gradients_of_the_sigmoid_equal_a_loop() =>
        ShouldEqual(Logistic.Backward, (y, dy) => dy * (y * (1 - y)));

    [Fact]
    public void A_rectified_zero_or_NaN_is_zero_and_passes_no_gradient()
    {
        using var team = new ThreadTeam(1);
        using FloatBuffer x = new(16), y = new(16), dx = new(16), dy = new(16);
        x.Span[0] = float.NaN;
        x.Span[1] = -0f;
        x.Span[2] = float.PositiveInfinity;
        dy.Span.Fill(3);
        Rectifier.Forward(team, y, x);
        Rectifier.Backward(team, dx, x, dy, accumulate: false);
        y.Span[..4].ToArray().ShouldBe([0, 0, float.PositiveInfinity, 0]);
        dx.Span[..4].ToArray().ShouldBe([0, 0, 3, 0]);
    }

    private static void ShouldEqual(Kernel kernel, Func<float, float, float> function, bool adds = true)
    {
        foreach (var (length, threads) in new[] { (0, 1), (16, 1), (48, 2), (4096, 2), (4112, 2), (20000, 3) })
        {
            foreach (var accumulate in adds ? new[] { false, true } : [false])
            {
                using var team = new ThreadTeam(threads);
                using FloatBuffer a = RandomBuffers.Create(length, "a"), b = RandomBuffers.Create(length, "b");
                using var result = RandomBuffers.Create(length, "result");
                var before = result.Span.ToArray();
                kernel(team, result, a, b, accumulate);
                for (var i = 0; i < length; i++)
                {
                    var expected = function(a.Span[i], b.Span[i]) + (accumulate ? before[i] : 0);
                    if (result.Span[i] != expected)
                        result.Span[i].ShouldBe(expected, $"element {i} of {length}");
                }
            }
        }
    }
}

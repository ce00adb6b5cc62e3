using Tombola.Analysis;
using Tombola.Tensors;

namespace Tombola.Tests.Analysis;

public sealed class WeightDifferenceTests
{
    private static readonly Mask ThreeOfFour = new(new Shape(4), [true, true, false, true]);

    [Fact]
    public void Pruned_weights_do_not_count()
    {
        var difference = WeightDifference.Of([3, 0, 100, 4], [0, 0, -7, 8], ThreeOfFour);
        difference.Weights.ShouldBe(3);
        difference.Distance.ShouldBe(5, "3 to 0 and 4 to 8");
        difference.Angle!.Value.ShouldBe(double.RadiansToDegrees(Math.Acos(32 / (5.0 * 8))), 1e-9);
    }

    [Fact]
    public void Angles_reach_from_the_same_direction_to_the_opposite()
    {
        WeightDifference.Of([1, 2, 9, 3], [2, 4, 0, 6], ThreeOfFour).Angle!.Value.ShouldBe(0, 1e-5);
        WeightDifference.Of([1, 0, 9, 0], [0, 5, 9, 0], ThreeOfFour).Angle!.Value.ShouldBe(90, 1e-9);
        WeightDifference.Of([1, 2, 9, 3], [-1, -2, 9, -3], ThreeOfFour).Angle!.Value.ShouldBe(180, 1e-5);
        WeightDifference.Of([1, 2, 9, 3], [0, 0, 9, 0], ThreeOfFour).Angle.ShouldBeNull("zero has no direction");
    }

    [Fact]
    public void Layers_add_up_as_one_vector()
    {
        float[] a = [1, 2, 3, 4], b = [4, 3, 2, 1];
        var (one, two) = (Mask.Full(new Shape(1)), Mask.Full(new Shape(3)));
        var whole = WeightDifference.Of(a, b, Mask.Full(new Shape(4)));
        WeightDifference.Of(a.AsSpan(0, 1), b.AsSpan(0, 1), one)
            .Plus(WeightDifference.Of(a.AsSpan(1), b.AsSpan(1), two)).ShouldBe(whole);
        whole.Distance.ShouldBe(Math.Sqrt(9 + 1 + 1 + 9), 1e-12);
    }
}

using FsCheck;
using FsCheck.Fluent;
using Tombola.Analysis;
using Tombola.Tensors;

namespace Tombola.Tests.Analysis;

public sealed class OverlapTests
{
    [Fact]
    public void Two_masks_by_hand()
    {
        var overlap = Overlap.Of(Of("1110 1001 0000"), Of("1000 1111 1000"));
        (overlap.Weights, overlap.First, overlap.Second, overlap.Intersection).ShouldBe((12, 5, 6, 3));
        overlap.Expected.ShouldBe(5 * 6 / 12.0, 1e-12);
        overlap.Ratio!.Value.ShouldBe(3 / 2.5, 1e-12);
        overlap.Jaccard!.Value.ShouldBe(3 / 8.0, 1e-12);
        overlap.JaccardByChance!.Value.ShouldBe(2.5 / (11 - 2.5), 1e-12);
        // Hypergeometric: 5 · (6/12) · (6/12) · (7/11).
        overlap.Deviations!.Value.ShouldBe(0.5 / Math.Sqrt(5 * 0.25 * 7 / 11), 1e-12);
    }

    [Fact]
    public void Layers_add_up_with_the_chance_of_each()
    {
        var all = Overlap.Of(Of("1100"), Of("1010")).Plus(Overlap.Of(Of("1111"), Of("1111")));
        (all.Weights, all.First, all.Second, all.Intersection).ShouldBe((8, 6, 6, 5));
        all.Expected.ShouldBe(1 + 4, 1e-12);
        all.Ratio.ShouldBe(1);
    }

    [Fact]
    public void Where_chance_leaves_no_choice_there_is_no_deviation()
    {
        Overlap.Of(Of("1111"), Of("1010")).Deviations.ShouldBeNull();
        var nothing = Overlap.Of(Of("0000"), Of("0000"));
        new[] { nothing.Ratio, nothing.Jaccard, nothing.JaccardByChance, nothing.Deviations }
            .ShouldAllBe(number => number == null);
        Overlap.Of(Of("0000"), Of("1010")).Jaccard.ShouldBe(0);
    }

    [Fact]
    public void Chance_is_the_mean_and_variance_over_all_masks_of_the_size()
    {
        // Against a fixed mask of 3 among 6, all 15 masks of 4 survivors.
        var first = Of("110100");
        var overlaps = Enumerable.Range(0, 64).Where(bits => int.PopCount(bits) == 4).Select(bits =>
            Overlap.Of(first, Of(Convert.ToString(bits, 2).PadLeft(6, '0')))).ToArray();
        overlaps.Length.ShouldBe(15);
        var mean = overlaps.Average(overlap => (double)overlap.Intersection);
        mean.ShouldBe(overlaps[0].Expected, 1e-12);
        overlaps.Average(overlap => (overlap.Intersection - mean) * (overlap.Intersection - mean))
            .ShouldBe(overlaps[0].Variance, 1e-12);
    }

    [Fact]
    public void It_does_not_matter_which_mask_is_first()
    {
        var masks = Gen.Choose(1, 40).SelectMany(count => Gen.Elements('0', '1').ArrayOf(count).Two()
            .Select(pair => (new string(pair.Item1), new string(pair.Item2))));
        Prop.ForAll(masks.ToArbitrary(), pair =>
        {
            var (one, two) = (Overlap.Of(Of(pair.Item1), Of(pair.Item2)), Overlap.Of(Of(pair.Item2), Of(pair.Item1)));
            return one.Intersection == two.Intersection && one.Jaccard == two.Jaccard
                && one.Intersection <= Math.Min(one.First, one.Second)
                && one.Intersection >= one.First + one.Second - one.Weights;
        }).QuickCheckThrowOnFailure();
    }

    private static Mask Of(string digits)
    {
        bool[] survives = [.. digits.Where(c => c != ' ').Select(c => c == '1')];
        return new Mask(new Shape(survives.Length), survives);
    }
}

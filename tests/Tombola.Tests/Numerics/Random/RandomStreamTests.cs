using Tombola.Numerics.Random;

namespace Tombola.Tests.Numerics.Random;

public sealed class RandomStreamTests
{
    private const int Count = 200_000;
    private static readonly RandomStream Stream = new(new Seed(42), "test");

    [Fact]
    public void Uniform_numbers_fill_the_interval_evenly()
    {
        var values = new float[Count];
        Stream.FillUniform(values, 0, 1);
        var cells = new int[100];
        foreach (var value in values)
            cells[(int)(value * 100)]++;
        // Chi-squared with 99 degrees of freedom: mean 99, deviation 14.
        cells.Sum(cell => (cell - 2000.0) * (cell - 2000.0) / 2000).ShouldBeInRange(50, 160);
        values.Average(value => (double)value).ShouldBe(0.5, 4 * Math.Sqrt(1.0 / 12 / Count));
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_standard_normal()
    {
        var values = new float[Count];
        Stream.FillNormal(values, 1);
        double Moment(int power) => values.Average(value => Math.Pow(value, power));
        // Four deviations of each sample moment.
        Moment(1).ShouldBe(0, 4 * Math.Sqrt(1.0 / Count));
        Moment(2).ShouldBe(1, 4 * Math.Sqrt(2.0 / Count));
        Moment(3).ShouldBe(0, 4 * Math.Sqrt(15.0 / Count));
        Moment(4).ShouldBe(3, 4 * Math.Sqrt(96.0 / Count));
    }

    [Fact]
    public void Truncated_numbers_keep_within_the_bound_and_lose_the_right_part_of_their_variance()
    {
        var values = new float[Count];
        Stream.FillTruncatedNormal(values, deviation: 0.5f, bound: 2);
        values.ShouldAllBe(value => Math.Abs(value) <= 1);
        // 1 − 2 · 2 φ(2) / (Φ(2) − Φ(−2)) = 0.7737 of the variance is left.
        values.Average(value => (double)value * value).ShouldBe(0.25 * 0.7737, 0.002);
        values.Average(value => (double)value).ShouldBe(0, 0.005);
    }

    [Fact]
    public void A_bound_that_is_not_positive_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Stream.FillTruncatedNormal(new float[1], 1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => Stream.Below(0, 0));
    }

    [Fact]
    public void Integers_below_a_bound_are_equally_frequent()
    {
        var counts = new int[7];
        for (var i = 0; i < Count; i++)
            counts[Stream.Below(7, i)]++;
        // Chi-squared with 6 degrees of freedom.
        var expected = Count / 7.0;
        counts.Sum(count => (count - expected) * (count - expected) / expected).ShouldBeLessThan(22);
        Stream.Below(1, 5).ShouldBe(0);
    }

    [Fact]
    public void Permutations_hold_each_number_once_and_each_order_equally_often()
    {
        var large = new int[1000];
        Stream.FillPermutation(large);
        large.Order().ShouldBe(Enumerable.Range(0, 1000));
        large.ShouldNotBe(Enumerable.Range(0, 1000));
        var counts = new Dictionary<string, int>();
        var small = new int[4];
        for (var i = 0; i < 24_000; i++)
        {
            Stream.At(i).FillPermutation(small);
            var order = string.Join(',', small);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        counts.Count.ShouldBe(24);
        // Chi-squared with 23 degrees of freedom.
        counts.Values.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000).ShouldBeLessThan(50);
    }

    [Fact]
    public void Filling_equals_asking_one_by_one()
    {
        foreach (var length in new[] { 0, 1, 2, 3, 5, 255, 256, 257, 1001 })
        {
            float[] uniform = new float[length], normal = new float[length];
            var bits = new uint[length];
            Stream.FillUniform(uniform, -2, 3);
            Stream.FillNormal(normal, 0.5f);
            Stream.FillBits(bits, 1L << 35);
            for (var i = 0; i < length; i++)
            {
                uniform[i].ShouldBe(-2 + (5 * Stream.Uniform(i)));
                normal[i].ShouldBe(0.5f * Stream.Normal(i));
                bits[i].ShouldBe(Stream.Bits((1L << 35) + i));
            }
        }
    }

    [Fact]
    public void Bits_are_filled_from_whole_blocks_alone() =>
        Should.Throw<ArgumentException>(() => Stream.FillBits(new uint[4], 2));

    [Fact]
    public void Every_part_of_an_address_matters()
    {
        RandomStream[] others =
        [
            new(new Seed(43), "test"), new(new Seed(42), "Test"), new(new Seed(42), "test", 1), new(new Seed(42), ""),
        ];
        foreach (var other in others)
        {
            (other == Stream).ShouldBeFalse();
            Enumerable.Range(0, 8).Count(i => other.Bits(i) == Stream.Bits(i)).ShouldBe(0);
        }

        (Stream.At(1) == others[2]).ShouldBeTrue();
        Stream.At(1).Bits(3).ShouldBe(others[2].Bits(3));
    }

    [Fact]
    public void Neighbouring_streams_are_not_correlated()
    {
        float[] one = new float[Count], other = new float[Count];
        Stream.FillNormal(one, 1);
        Stream.At(1).FillNormal(other, 1);
        one.Zip(other, (a, b) => (double)a * b).Average().ShouldBe(0, 4 / Math.Sqrt(Count));
    }

    [Fact]
    public void Numbers_are_the_same_on_every_machine_and_in_every_release()
    {
        var stream = new RandomStream(new Seed(1), "init/fc1.weight", 2);
        Enumerable.Range(0, 4).Select(i => stream.Bits(i))
            .ShouldBe([651813565u, 4057846027u, 2788948511u, 3968295866u]);
    }
}

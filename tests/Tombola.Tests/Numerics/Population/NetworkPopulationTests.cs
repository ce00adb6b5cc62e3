using Tombola.Numerics.Population;
using Tombola.Numerics.Random;
using Tombola.Numerics.Threads;

namespace Tombola.Tests.Numerics.Population;

/// <summary>Holds the training of a population against single networks in plain loops.</summary>
public sealed class NetworkPopulationTests
{
    private const double Rate = 0.3;

    public static TheoryData<int, int, int, int> Sizes() => new()
    {
        { 1, 2, 1, 4 }, { 16, 2, 2, 4 }, { 70, 2, 10, 4 }, { 33, 3, 5, 6 }, { 130, 1, 3, 1 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Training_equals_single_networks_in_plain_loops(int networks, int inputs, int units, int points)
    {
        var size = new PopulationSize(networks, inputs, units, points);
        foreach (var hiddenBiases in new[] { true, false })
        {
            using var team = new ThreadTeam(2);
            using var population = Create(size);
            PopulationTwin[] twins = [.. Enumerable.Range(0, networks).Select(lane => TwinOf(population, lane))];
            population.Descend(team, 20, Rate, hiddenBiases);
            foreach (var (twin, lane) in twins.Select((twin, lane) => (twin, lane)))
            {
                for (var step = 0; step < 20; step++)
                    twin.Step(PointsOf(size), TargetsOf(size), Rate, hiddenBiases);
                for (var row = 0; row < size.Rows; row++)
                    population.Weights.Span[(row * size.Lanes) + lane].ShouldBe((float)twin.Weights[row], 1e-4);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Logits_equal_plain_loops(int networks, int inputs, int units, int points)
    {
        var size = new PopulationSize(networks, inputs, units, points);
        using var team = new ThreadTeam(2);
        using var population = Create(size);
        var logits = population.Logits(team);
        for (var lane = 0; lane < networks; lane++)
        {
            var twin = TwinOf(population, lane);
            for (var point = 0; point < points; point++)
                logits[(point * size.Lanes) + lane].ShouldBe((float)twin.Logit(PointsOf(size)[point]), 1e-5);
        }
    }

    [Fact]
    public void A_step_goes_down_the_slope_that_finite_differences_find()
    {
        const float Delta = 1e-3f;
        var size = new PopulationSize(20, 2, 4, 4);
        using var team = new ThreadTeam(1);
        using var population = Create(size);
        var before = population.Weights.Span.ToArray();
        population.Descend(team, 1, rate: 1, hiddenBiases: true); // At rate 1 the change is the gradient.
        var after = population.Weights.Span.ToArray();
        before.CopyTo(population.Weights.Span);
        for (var row = 0; row < size.Rows; row++)
        {
            var weights = population.Weights.Span.Slice(row * size.Lanes, size.Networks);
            foreach (ref var weight in weights)
                weight += Delta;
            var above = Losses(population, team);
            foreach (ref var weight in weights)
                weight -= 2 * Delta;
            var below = Losses(population, team);
            before.CopyTo(population.Weights.Span);
            for (var lane = 0; lane < size.Networks; lane++)
            {
                var i = (row * size.Lanes) + lane;
                ((above[lane] - below[lane]) / (2 * Delta)).ShouldBe(before[i] - after[i], 2e-3, $"row {row}");
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Bits_do_not_depend_on_the_threads(int threads)
    {
        var size = new PopulationSize(300, 2, 5, 4);
        using ThreadTeam one = new(1), many = new(threads);
        using NetworkPopulation alone = Create(size), shared = Create(size);
        alone.Descend(one, 50, Rate, hiddenBiases: true);
        shared.Descend(many, 50, Rate, hiddenBiases: true);
        shared.Weights.Span.SequenceEqual(alone.Weights.Span).ShouldBeTrue();
        shared.Logits(many).SequenceEqual(alone.Logits(one)).ShouldBeTrue();
    }

    [Fact]
    public void A_network_does_not_depend_on_those_beside_it()
    {
        using var team = new ThreadTeam(1);
        using var many = Create(new PopulationSize(100, 2, 3, 4));
        using var few = Create(new PopulationSize(3, 2, 3, 4));
        for (var row = 0; row < few.Size.Rows; row++)
            many.Weights.Span.Slice((row * many.Size.Lanes) + 90, 3).CopyTo(few.Weights.Span[(row * few.Size.Lanes)..]);
        many.Descend(team, 50, Rate, hiddenBiases: true);
        few.Descend(team, 50, Rate, hiddenBiases: true);
        for (var row = 0; row < few.Size.Rows; row++)
        {
            few.Weights.Span.Slice(row * few.Size.Lanes, 3)
                .SequenceEqual(many.Weights.Span.Slice((row * many.Size.Lanes) + 90, 3)).ShouldBeTrue();
        }
    }

    [Fact]
    public void Steps_in_several_calls_equal_those_in_one()
    {
        var size = new PopulationSize(40, 2, 5, 4);
        using var team = new ThreadTeam(2);
        using NetworkPopulation whole = Create(size), parts = Create(size);
        whole.Descend(team, 30, Rate, hiddenBiases: true);
        parts.Descend(team, 7, Rate, hiddenBiases: true);
        parts.Descend(team, 23, Rate, hiddenBiases: true);
        parts.Weights.Span.SequenceEqual(whole.Weights.Span).ShouldBeTrue();
    }

    private static NetworkPopulation Create(PopulationSize size)
    {
        var population = new NetworkPopulation(size, [.. PointsOf(size).SelectMany(x => x)], TargetsOf(size));
        for (var row = 0; row < size.Rows; row++)
        {
            var weights = population.Weights.Span.Slice(row * size.Lanes, size.Networks);
            new RandomStream(new Seed(3), "weights", row).FillUniform(weights, -1, 1);
        }

        return population;
    }

    private static float[][] PointsOf(PopulationSize size) =>
    [
        .. Enumerable.Range(0, size.Points).Select(point =>
            Enumerable.Range(0, size.Inputs).Select(input => (float)((point >> input) & 1)).ToArray()),
    ];

    private static float[] TargetsOf(PopulationSize size) =>
        [.. Enumerable.Range(0, size.Points).Select(point => (float)(((point >> 1) ^ point) & 1))];

    private static PopulationTwin TwinOf(NetworkPopulation population, int lane)
    {
        var size = population.Size;
        var weights = population.Weights.Span.ToArray();
        double At(int row) => weights[(row * size.Lanes) + lane];
        var units = Enumerable.Range(0, size.Units).ToArray();
        return new PopulationTwin(
            [.. units.Select(unit =>
                Enumerable.Range(0, size.Inputs).Select(input => At(size.Incoming(unit, input))).ToArray())],
            [.. units.Select(unit => At(size.Bias(unit)))], [.. units.Select(unit => At(size.Outgoing(unit)))],
            At(size.OutputBias));
    }

    private static double[] Losses(NetworkPopulation population, ThreadTeam team)
    {
        var size = population.Size;
        var logits = population.Logits(team).ToArray();
        var targets = TargetsOf(size);
        return
        [
            .. Enumerable.Range(0, size.Networks).Select(lane => Enumerable.Range(0, size.Points).Average(point =>
            {
                double z = logits[(point * size.Lanes) + lane];
                return Math.Log(1 + Math.Exp(z)) - (z * targets[point]);
            })),
        ];
    }
}

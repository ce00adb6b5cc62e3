using FsCheck;
using FsCheck.Fluent;
using Tombola.Pruning;
using Tombola.Tensors;

namespace Tombola.Tests.Pruning;

public sealed class PrunerTests
{
    private static readonly Seed Seed = new(1);

    [Fact]
    public void Removes_the_smallest_magnitudes_and_of_equals_the_first()
    {
        var mask = Prune([0.5f, -0.1f, 0.3f, 0.1f, -0.3f, 0.2f], rate: 0.5);
        mask.ShouldBe([true, false, true, false, true, false], "0.1 twice, then 0.2");
        Prune([0.5f, -0.1f, 0.3f, 0.1f, -0.3f, 0.2f], rate: 1 / 3.0).ShouldBe([true, false, true, false, true, true]);
    }

    [Fact]
    public void Treats_both_zeros_alike_and_what_is_not_a_number_as_the_smallest()
    {
        Prune([0f, -0f, float.NaN, 1f], rate: 0.5).ShouldBe([false, true, false, true]);
        Prune([1f, -0f, 0f, 2f], rate: 0.25).ShouldBe([true, false, true, true]);
    }

    [Fact]
    public void Layers_lose_their_own_fractions_or_compete()
    {
        LayerWeights[] layers = [Layer("a", [1, 2, 3, 4], 0.5), Layer("b", [10, 20, 30, 40], 0.25)];
        var apart = new Pruner(new MagnitudeCriterion(), PruningScope.LayerWise).Prune(layers, 1, Seed);
        apart.Select(mask => mask.Survivors).ShouldBe([2, 3]);
        LayerWeights[] equal = [Layer("a", [1, 2, 3, 4], 0.5), Layer("b", [10, 2, 30, 1], 0.5)];
        var together = new Pruner(new MagnitudeCriterion(), PruningScope.Global).Prune(equal, 1, Seed);
        together[0].Survives.ToArray().ShouldBe([false, false, true, true], "ties go layer by layer");
        together[1].Survives.ToArray().ShouldBe([true, false, true, false]);
        var global = new Pruner(new MagnitudeCriterion(), PruningScope.Global);
        Should.Throw<InputException>(() => global.Prune(layers, 1, Seed));
    }

    [Fact]
    public void Counts_are_exact_masks_shrink_and_one_shot_counts_as_many_rounds()
    {
        var cases = Gen.Choose(1, 300).SelectMany(count => Gen.Choose(0, 100).SelectMany(percent =>
            Gen.Choose(1, 6).Select(rounds => (count, rate: percent / 100.0, rounds))));
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            float[] weights = [.. Enumerable.Range(0, c.count).Select(i => (float)Math.Sin(i * 12.9898) * 43758)];
            var pruner = new Pruner(new MagnitudeCriterion(), PruningScope.LayerWise);
            var mask = Mask.Full(new Shape(c.count));
            for (var round = 1; round <= c.rounds; round++)
            {
                var next = pruner.Prune([Layer("w", weights, c.rate) with { Mask = mask }], 1, Seed)[0];
                if (next.Survivors != mask.Survivors - PruningCounts.Removed(mask.Survivors, c.rate))
                    return false;
                for (var i = 0; i < c.count; i++)
                {
                    if (next.Survives[i] && !mask.Survives[i])
                        return false;
                }

                mask = next;
            }

            // With weights that do not change, rounds one by one and at once remove the same.
            return pruner.Prune([Layer("w", weights, c.rate)], c.rounds, Seed)[0].Equals(mask);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Random_pruning_depends_on_the_seed_alone()
    {
        (new RandomCriterion().Draws, new MagnitudeCriterion().Draws).ShouldBe((true, false));
        var pruner = new Pruner(new RandomCriterion(), PruningScope.LayerWise);
        var layer = Layer("w", new float[100], 0.5);
        var mask = pruner.Prune([layer], 1, Seed)[0];
        pruner.Prune([layer], 1, Seed)[0].ShouldBe(mask);
        pruner.Prune([layer], 1, new Seed(2))[0].ShouldNotBe(mask);
        mask.Survivors.ShouldBe(50);
    }

    [Fact]
    public void Every_criterion_is_registered()
    {
        var written = typeof(IPruningCriterion).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IPruningCriterion)) && !type.IsInterface);
        var registered = CriterionRegistry.All.Select(entry => CriterionRegistry.Get(entry.Name).GetType());
        registered.ShouldBe(written, ignoreOrder: true);
        Should.Throw<InputException>(() => CriterionRegistry.Get("magnitud")).Message.ShouldContain("'magnitude'");
    }

    private static bool[] Prune(float[] weights, double rate) =>
        new Pruner(new MagnitudeCriterion(), PruningScope.LayerWise)
            .Prune([Layer("w", weights, rate)], 1, Seed)[0].Survives.ToArray();

    private static LayerWeights Layer(string name, float[] weights, double rate) =>
        new(name, Mask.Full(new Shape(weights.Length)), weights, weights, rate);
}

using Tombola.Numerics.Random;
using Tombola.Pruning;
using Tombola.Tensors;

namespace Tombola.Tests.Pruning;

/// <summary>Scores and masks written out by hand.</summary>
public sealed class CriterionTests
{
    private static readonly float[] Initial = [1, -2, 3, -4, 0.5f, 0];
    private static readonly float[] Final = [-1.5f, -2, 1, 4, 0.25f, 2];

    [Theory]
    [InlineData("magnitude", new[] { 1.5f, 2, 1, 4, 0.25f, 2 })]
    [InlineData("initial-magnitude", new[] { 1f, 2, 3, 4, 0.5f, 0 })]
    [InlineData("magnitude-increase", new[] { 0.5f, 0, -2, 0, -0.25f, 2 })]
    [InlineData("movement", new[] { 2.5f, 0, 2, 8, 0.25f, 2 })]
    [InlineData("small-final", new[] { -1.5f, -2, -1, -4, -0.25f, -2 })]
    [InlineData("large-init-large-final", new[] { 2 / 6f, 3 / 6f, 1 / 6f, 5 / 6f, 0, 0 })]
    public void Scores_as_its_definition_says(string criterion, float[] expected) =>
        ScoresOf(criterion, Mask.Full(new Shape(2, 3))).ShouldBe(expected);

    [Theory]
    [InlineData("magnitude", new[] { true, true, false, true, false, true })]
    [InlineData("initial-magnitude", new[] { true, true, true, true, false, false })]
    [InlineData("magnitude-increase", new[] { true, true, false, true, false, true })]
    [InlineData("movement", new[] { true, false, true, true, false, true })]
    [InlineData("small-final", new[] { true, false, true, false, true, true })]
    [InlineData("large-init-large-final", new[] { true, true, true, true, false, false })]
    public void Prunes_the_lowest_scores_and_of_equals_the_first(string criterion, bool[] expected)
    {
        var layer = new LayerWeights("w", Mask.Full(new Shape(2, 3)), Initial, Final, 1 / 3.0);
        var mask = new Pruner(CriterionRegistry.Get(criterion), PruningScope.LayerWise).Prune([layer], 1, new Seed(1));
        mask.Single().Survives.ToArray().ShouldBe(expected);
    }

    [Fact]
    public void Ranks_count_survivors_alone() =>
        ScoresOf("large-init-large-final", new Mask(new Shape(2, 3), [true, true, false, false, true, false]))
            .ShouldBe([1 / 3f, 2 / 3f, 0, 0, 0, 0]);

    [Fact]
    public void Every_criterion_is_registered() =>
        CriterionRegistry.All.Select(entry => CriterionRegistry.Get(entry.Name).GetType()).ShouldBe(
            typeof(IPruningCriterion).Assembly.GetTypes()
                .Where(type => type.IsAssignableTo(typeof(IPruningCriterion)) && !type.IsInterface),
            ignoreOrder: true);

    private static float[] ScoresOf(string criterion, Mask mask)
    {
        var scores = new float[Initial.Length];
        CriterionRegistry.Get(criterion).Score(
            new LayerWeights("w", mask, Initial, Final, 0.2), new RandomStream(new Seed(1), "test"), scores);
        return scores;
    }
}

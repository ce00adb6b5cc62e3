using Tombola.Pruning.Units;

namespace Tombola.Tests.Pruning.Units;

/// <summary>Scores of units and the choice between them, worked out by hand.</summary>
public sealed class UnitScoreRegistryTests
{
    [Theory]
    [InlineData("input-magnitude", 2.0)]
    [InlineData("output-magnitude", 1.5)]
    [InlineData("product", 12.0)]
    public void Scores_are_those_of_the_definition(string name, double expected) =>
        UnitScoreRegistry.Get(name).Score([-3, 1], [-1, 2]).ShouldBe(expected);

    [Fact]
    public void With_one_output_the_scores_are_those_of_the_paper()
    {
        UnitScoreRegistry.Get("output-magnitude").Score([-3, 1], [-2]).ShouldBe(2);
        UnitScoreRegistry.Get("product").Score([-3, 1], [-2]).ShouldBe(8);
    }

    [Fact]
    public void An_unknown_score_is_named_with_the_nearest_known_one() =>
        Should.Throw<InputException>(() => UnitScoreRegistry.Get("produkt")).Message
            .ShouldBe("Unknown unit score 'produkt'. Did you mean 'product'? "
                + "Known: input-magnitude, output-magnitude, product.");

    [Fact]
    public void Every_score_is_registered() =>
        typeof(IUnitScore).Assembly.GetTypes()
            .Count(type => !type.IsInterface && type.IsAssignableTo(typeof(IUnitScore)))
            .ShouldBe(UnitScoreRegistry.Names.Count);

    [Theory]
    [InlineData(new[] { 3.0, 1.0, 2.0, 4.0 }, 2, new[] { 0, 3 })]
    [InlineData(new[] { 1.0, 1.0, 1.0 }, 2, new[] { 1, 2 })]
    [InlineData(new[] { 5.0, 2.0, 2.0, 2.0, 1.0 }, 3, new[] { 0, 2, 3 })]
    [InlineData(new[] { double.NaN, 0.0, -0.0 }, 2, new[] { 1, 2 })]
    [InlineData(new[] { 1.0, 2.0 }, 2, new[] { 0, 1 })]
    [InlineData(new[] { 1.0, 2.0 }, 0, new int[0])]
    public void The_lowest_scores_go_and_of_equal_ones_the_first(double[] scores, int keep, int[] expected) =>
        UnitPruner.Keep(scores, keep).ShouldBe(expected);

    [Fact]
    public void More_units_than_there_are_cannot_stay() =>
        Should.Throw<ArgumentOutOfRangeException>(() => UnitPruner.Keep([1.0], 2));
}

using FsCheck;
using FsCheck.Fluent;
using Tombola.Analysis;
using Tombola.Tensors;

namespace Tombola.Tests.Analysis;

public sealed class UnitConnectionsTests
{
    [Fact]
    public void Rows_are_incoming_and_columns_outgoing()
    {
        bool[] survives =
        [
            true, false, true, true,
            false, false, false, false,
            true, false, false, true,
        ];
        var units = UnitConnections.Of(new Mask(new Shape(3, 4), survives));
        units.Incoming.ShouldBe([3, 0, 2]);
        units.Outgoing.ShouldBe([2, 0, 1, 2]);
    }

    [Fact]
    public void Both_sides_count_every_survivor_once()
    {
        var masks = Gen.Choose(1, 9).SelectMany(outputs => Gen.Choose(1, 9).SelectMany(inputs =>
            Gen.Elements(true, false).ArrayOf(outputs * inputs).Select(
                survives => new Mask(new Shape(outputs, inputs), survives))));
        Prop.ForAll(masks.ToArbitrary(), mask =>
        {
            var units = UnitConnections.Of(mask);
            return units.Incoming.Sum() == mask.Survivors && units.Outgoing.Sum() == mask.Survivors;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Chance_is_the_spread_over_all_ways_to_choose()
    {
        // 2 survivors among 4 weights, a unit with 2 of the places: 0, 1 or 2 of them in 1, 4 and 1 of 6 ways.
        var variance = ((1 * 1) + (4 * 0) + (1 * 1)) / 6.0;
        UnitConnections.DeviationByChance(2, 4, 2).ShouldBe(Math.Sqrt(variance), 1e-12);
        UnitConnections.DeviationByChance(4, 4, 2).ShouldBe(0, "nothing is pruned");
        UnitConnections.DeviationByChance(1, 1, 1).ShouldBe(0, "there is but one way");
    }
}

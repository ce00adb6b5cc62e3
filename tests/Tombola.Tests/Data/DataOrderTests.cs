using FsCheck;
using FsCheck.Fluent;
using Tombola.Data;

namespace Tombola.Tests.Data;

public sealed class DataOrderTests
{
    [Fact]
    public void An_epoch_visits_no_example_twice() =>
        Prop.ForAll<ushort, byte>((count, batch) =>
        {
            var order = new DataOrder(count + batch + 1, batch + 1, new Seed(count));
            order.StepsPerEpoch.ShouldBe((count + batch + 1) / (batch + 1));
            var seen = Enumerable.Range(0, order.StepsPerEpoch).SelectMany(step => Batch(order, step)).ToArray();
            seen.Distinct().Count().ShouldBe(order.StepsPerEpoch * (batch + 1));
            seen.ShouldAllBe(index => index >= 0 && index <= count + batch);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_step_is_the_same_whatever_was_asked_before()
    {
        var forwards = new DataOrder(100, 30, new Seed(7));
        var expected = Enumerable.Range(0, 12).Select(step => Batch(forwards, step)).ToArray();
        var backwards = new DataOrder(100, 30, new Seed(7));
        for (var step = 11; step >= 0; step--)
            Batch(backwards, step).ShouldBe(expected[step]);
    }

    [Fact]
    public void Epochs_and_seeds_differ()
    {
        var order = new DataOrder(50, 50, new Seed(1));
        Batch(order, 1).ShouldNotBe(Batch(order, 0));
        Batch(new DataOrder(50, 50, new Seed(2)), 0).ShouldNotBe(Batch(order, 0));
    }

    [Fact]
    public void The_rest_of_an_epoch_changes_so_that_every_example_is_seen()
    {
        var order = new DataOrder(7, 4, new Seed(1));
        Enumerable.Range(0, 30).SelectMany(step => Batch(order, step)).Distinct().Count().ShouldBe(7);
    }

    [Fact]
    public void The_order_is_frozen() =>
        Batch(new DataOrder(1000, 5, new Seed(1)), 401).ShouldBe([566, 434, 843, 981, 627]);

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public void A_batch_that_cannot_be_drawn_is_refused(int batch) =>
        Should.Throw<InputException>(() => new DataOrder(10, batch, new Seed(1))).Message.ShouldContain("from 1 to 10");

    private static int[] Batch(DataOrder order, long step)
    {
        var indices = new int[order.Batch];
        order.Fill(step, indices);
        return indices;
    }
}

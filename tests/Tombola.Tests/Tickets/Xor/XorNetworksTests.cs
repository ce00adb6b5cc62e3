using Tombola.Numerics.Threads;
using Tombola.Tickets.Xor;

namespace Tombola.Tests.Tickets.Xor;

/// <summary>The weights of a population: drawn, kept, stored, and laid out in lanes.</summary>
public sealed class XorNetworksTests
{
    private static readonly Seed Seed = new(3);

    [Fact]
    public void A_network_depends_on_its_trial_and_size_alone()
    {
        var (few, many, smaller) = (
            XorNetworks.Draw(Seed, 5, 4, 0.1), XorNetworks.Draw(Seed, 50, 4, 0.1), XorNetworks.Draw(Seed, 5, 3, 0.1));
        for (var trial = 0; trial < 5; trial++)
        {
            for (var unit = 0; unit < 3; unit++)
            {
                many.Incoming(trial, unit).SequenceEqual(few.Incoming(trial, unit)).ShouldBeTrue();
                many.Outgoing(trial, unit).SequenceEqual(few.Outgoing(trial, unit)).ShouldBeTrue();
                smaller.Incoming(trial, unit).SequenceEqual(few.Incoming(trial, unit)).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void Initial_weights_lie_within_two_deviations_and_differ()
    {
        var networks = XorNetworks.Draw(Seed, 200, 5, 0.5);
        var weights = Enumerable.Range(0, 1000).SelectMany(i =>
            networks.Incoming(i / 5, i % 5).ToArray().Concat(networks.Outgoing(i / 5, i % 5).ToArray())).ToArray();
        weights.ShouldAllBe(weight => Math.Abs(weight) <= 1);
        weights.Max().ShouldBeGreaterThan(0.9f);
        weights.Distinct().Count().ShouldBe(3000);
        Math.Abs(weights.Average()).ShouldBeLessThan(0.05f);
    }

    [Fact]
    public void Units_that_stay_keep_their_weights_in_order()
    {
        var networks = XorNetworks.Draw(Seed, 2, 4, 1);
        var kept = networks.Keep([[0, 3], [1, 2]]);
        (kept.Trials, kept.Units).ShouldBe((2, 2));
        foreach (var (trial, unit, from) in new[] { (0, 0, 0), (0, 1, 3), (1, 0, 1), (1, 1, 2) })
        {
            kept.Incoming(trial, unit).SequenceEqual(networks.Incoming(trial, from)).ShouldBeTrue();
            kept.Outgoing(trial, unit).SequenceEqual(networks.Outgoing(trial, from)).ShouldBeTrue();
        }
    }

    [Fact]
    public void Weights_survive_lanes_and_files()
    {
        using var folder = new TemporaryFolder();
        using var team = new ThreadTeam(1);
        using var trained = XorNetworks.Draw(Seed, 20, 3, 0.5).ToPopulation();
        trained.Descend(team, 10, 0.1, hiddenBiases: true); // So that biases are not zero.
        XorNetworks.Of(trained).Save(folder["weights.safetensors"]);
        using var loaded = XorNetworks.Load(folder["weights.safetensors"]).ToPopulation();
        for (var row = 0; row < trained.Size.Rows; row++)
        {
            loaded.Weights.Span.Slice(row * 32, 20).SequenceEqual(trained.Weights.Span.Slice(row * 32, 20))
                .ShouldBeTrue();
        }
    }
}

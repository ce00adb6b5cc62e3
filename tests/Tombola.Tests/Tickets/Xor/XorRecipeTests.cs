using Tombola.Formats;
using Tombola.Tickets;
using Tombola.Tickets.Xor;

namespace Tombola.Tests.Tickets.Xor;

/// <summary>Freezes the defaults: a changed one would let old stages pass for new ones.</summary>
public sealed class XorRecipeTests
{
    [Fact]
    public void The_defaults_are_those_released()
    {
        CanonicalJson.Hash(CanonicalJson.Pretty(new XorRecipe())).ShouldBe(
            "64b1554281db24ebdadae4598571061b9b19376d67959f4cd59d7cda5c3ca338");
        CanonicalJson.Hash(CanonicalJson.Pretty(new XorExperiment { Name = "" })).ShouldBe(
            "d7822511016398da52be92a201ec014da1f0252ef474b69d6033e84ccf75c5be");
    }

    [Fact]
    public void A_run_is_named_by_what_differs_from_the_defaults() =>
        CanonicalJson.Write(
            new XorExperiment
            {
                Name = "a",
                Pruning = new XorPruningOptions
                {
                    To = [2], Strategies = [new XorStrategy(PruningSchedule.OneShot, "product")],
                },
            },
            new XorExperiment { Name = "" })
            .ShouldBe(
                "{\"name\":\"a\",\"pruning\":{\"strategies\":[{\"schedule\":\"one-shot\",\"score\":\"product\"}],"
                + "\"to\":[2]}}");
}

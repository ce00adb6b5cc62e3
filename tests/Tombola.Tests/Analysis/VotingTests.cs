using Tombola.Analysis;

namespace Tombola.Tests.Analysis;

public sealed class VotingTests
{
    [Fact]
    public void A_sure_network_outweighs_two_unsure_ones_in_the_mean_but_not_in_votes()
    {
        ReadOnlyMemory<double>[] networks =
            [new double[] { 0.98, 0.01, 0.01 }, new double[] { 0.3, 0.4, 0.3 }, new double[] { 0.3, 0.4, 0.3 }];
        Voting.MeanProbability(networks).ShouldBe(0);
        Voting.Majority(networks).ShouldBe(1);
    }

    [Fact]
    public void Equal_votes_go_by_mean_probability_among_those_classes_alone()
    {
        // Class 2 has the largest mean and no vote.
        ReadOnlyMemory<double>[] networks = [new double[] { 0.5, 0.05, 0.45 }, new double[] { 0, 0.53, 0.47 }];
        Voting.MeanProbability(networks).ShouldBe(2);
        Voting.Majority(networks).ShouldBe(1);
    }

    [Fact]
    public void Of_equal_probabilities_the_first_class_is_taken()
    {
        ReadOnlyMemory<double>[] networks = [new double[] { 0.2, 0.4, 0.4 }];
        Voting.MeanProbability(networks).ShouldBe(1);
        Voting.Majority(networks).ShouldBe(1);
    }
}

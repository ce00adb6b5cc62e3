using Tombola.Numerics.Threads;
using Tombola.Optim;
using Tombola.Tensors;

namespace Tombola.Tests.Optim;

public class PrunedWeightsTests
{
    private const int Length = 100;

    public static TheoryData<OptimizerOptions> Variants => OptimizerTests.Variants;

    [Theory]
    [MemberData(nameof(Variants))]
    public void Weights_pruned_in_mid_training_stay_exactly_zero_and_the_others_do_not_notice(OptimizerOptions options)
    {
        using NoiseTraining pruned = new(options, Length, new Seed(3)), whole = new(options, Length, new Seed(3));
        for (var step = 0; step < 30; step++)
        {
            if (step == 10)
                pruned.Prune();
            pruned.Step(step);
            whole.Step(step);
        }

        for (var i = 0; i < Length; i++)
            pruned.Values[i].ShouldBe(i % 3 == 0 ? 0 : whole.Values[i], $"weight {i}");
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_state_of_pruned_weights_is_cleared_with_the_next_step(OptimizerOptions options)
    {
        using var training = new NoiseTraining(options, Length, new Seed(4));
        training.Step(0);
        training.Prune();
        training.Step(1);
        foreach (var state in training.Optimizer.State)
        {
            for (var i = 0; i < Length; i++)
                (state.Values.Span[i] == 0).ShouldBe(i % 3 == 0, $"{state.Name} of weight {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_weight_that_comes_back_starts_with_fresh_state(OptimizerOptions options)
    {
        using NoiseTraining back = new(options, Length, new Seed(5)), never = new(options, Length, new Seed(5));
        never.Prune();
        back.Step(0);
        back.Prune();
        back.Step(1);
        never.Step(0);
        never.Step(1);
        back.Parameter.SetMask(null);
        never.Parameter.SetMask(null);
        back.Step(2);
        never.Step(2);
        for (var i = 0; i < Length; i += 3)
            back.Values[i].ShouldBe(never.Values[i], $"weight {i}");
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Survivors_alone_are_updated_as_among_all(OptimizerOptions options)
    {
        using var masked = new NoiseTraining(options, Length, new Seed(6));
        masked.Prune();
        var survivors = Enumerable.Range(0, Length).Where(i => i % 3 != 0).ToArray();
        using var alone = new NoiseTraining(options, survivors.Length, new Seed(6));
        for (var i = 0; i < survivors.Length; i++)
            alone.Values[i] = masked.Values[survivors[i]];
        for (var step = 0; step < 20; step++)
        {
            masked.Step(step);
            for (var i = 0; i < survivors.Length; i++)
                alone.Gradients[i] = masked.Gradients[survivors[i]];
            alone.Optimizer.Step(options.LearningRate, alone.Team);
        }

        for (var i = 0; i < survivors.Length; i++)
            alone.Values[i].ShouldBe(masked.Values[survivors[i]], $"weight {survivors[i]}");
    }

    [Fact]
    public void A_parameter_that_was_compressed_after_its_optimizer_was_made_is_refused()
    {
        using var team = new ThreadTeam(1);
        using var weight = new Parameter("fc1.weight", new Shape(2, 3), prunable: true);
        using var optimizer = OptimizerRegistry.Create(new OptimizerOptions(), [weight]);
        weight.SetMask(new Mask(weight.Shape, [true, false, false, true, false, true]));
        weight.Compress();
        Should.Throw<InvalidOperationException>(() => optimizer.Step(1e-3, team)).Message.ShouldContain("fc1.weight");
    }
}

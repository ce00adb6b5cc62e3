using FsCheck;
using FsCheck.Fluent;
using Tombola.Optim;

namespace Tombola.Tests.Optim;

public class OptimizerTests
{
    private const int Steps = 20;

    public static TheoryData<OptimizerOptions> Variants => new(
        new OptimizerOptions { Name = "sgd", LearningRate = 0.1 },
        new OptimizerOptions { Name = "sgd", LearningRate = 0.1, Momentum = 0.9 },
        new OptimizerOptions { Name = "sgd", LearningRate = 0.1, Momentum = 0.9, Nesterov = true, WeightDecay = 0.1 },
        new OptimizerOptions { Name = "adam" },
        new OptimizerOptions { Name = "adam", WeightDecay = 0.1, Beta1 = 0.5, Beta2 = 0.9, Epsilon = 1e-3 },
        new OptimizerOptions { Name = "adamw", WeightDecay = 0.1 },
        new OptimizerOptions { Name = "rmsprop" },
        new OptimizerOptions { Name = "rmsprop", Momentum = 0.9, WeightDecay = 0.1, Alpha = 0.9, Epsilon = 1e-3 });

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_length_agrees_with_the_definition_in_float64(OptimizerOptions options) =>
        Prop.ForAll(Gen.Choose(1, 100).ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), (length, seed) =>
        {
            using var training = new NoiseTraining(options, length, new Seed((ulong)seed));
            var twins = training.Values.ToArray().Select(value => new OptimizerTwin(options, value)).ToArray();
            for (var step = 0; step < Steps; step++)
            {
                training.Step(step);
                for (var i = 0; i < length; i++)
                    twins[i].Step(training.Gradients[i]);
            }

            for (var i = 0; i < length; i++)
                ((double)training.Values[i]).ShouldBe(twins[i].Weight, 3e-6 + (3e-6 * Math.Abs(twins[i].Weight)));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_number_of_threads_does_not_change_a_bit(OptimizerOptions options)
    {
        const int Length = 20_001;
        using var one = new NoiseTraining(options, Length, new Seed(1));
        using var three = new NoiseTraining(options, Length, new Seed(1), threads: 3);
        for (var step = 0; step < 3; step++)
        {
            one.Step(step);
            three.Step(step);
        }

        one.Values.SequenceEqual(three.Values).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void State_and_step_count_are_all_that_a_training_needs_to_go_on(OptimizerOptions options)
    {
        using NoiseTraining whole = new(options, 50, new Seed(2)), resumed = new(options, 50, new Seed(2));
        for (var step = 0; step < 7; step++)
            whole.Step(step);
        whole.Values.CopyTo(resumed.Values);
        resumed.Optimizer.StepCount = whole.Optimizer.StepCount;
        foreach (var (from, to) in whole.Optimizer.State.Zip(resumed.Optimizer.State))
            from.Values.Span.CopyTo(to.Values.Span);
        for (var step = 7; step < 12; step++)
        {
            whole.Step(step);
            resumed.Step(step);
        }

        resumed.Values.SequenceEqual(whole.Values).ShouldBeTrue();
        resumed.Optimizer.StepCount.ShouldBe(12);
    }

    [Theory]
    [InlineData("sgd", 0, new string[0])]
    [InlineData("sgd", 0.9, new[] { "sgd.momentum/w" })]
    [InlineData("adam", 0, new[] { "adam.m/w", "adam.v/w" })]
    [InlineData("adamw", 0, new[] { "adamw.m/w", "adamw.v/w" })]
    [InlineData("rmsprop", 0, new[] { "rmsprop.square/w" })]
    [InlineData("rmsprop", 0.9, new[] { "rmsprop.square/w", "rmsprop.momentum/w" })]
    public void State_is_named_after_its_meaning_and_its_parameter(string name, double momentum, string[] expected)
    {
        using var training = new NoiseTraining(
            new OptimizerOptions { Name = name, Momentum = momentum }, 3, new Seed(1));
        training.Optimizer.State.Select(state => state.Name).ShouldBe(expected);
        training.Optimizer.State.ShouldAllBe(state => state.Values.Length == 3);
    }

    [Fact]
    public void A_steady_step_leaves_no_garbage()
    {
        using var training = new NoiseTraining(new OptimizerOptions(), 1000, new Seed(1));
        for (var step = 0; step < 3; step++)
            training.Step(step);
        var before = GC.GetAllocatedBytesForCurrentThread();
        training.Optimizer.Step(1e-3, training.Team);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100);
    }

    [Fact]
    public void A_mean_that_decays_without_gradients_does_not_become_subnormal()
    {
        using var training = new NoiseTraining(new OptimizerOptions { Beta2 = 0.9 }, 40, new Seed(1));
        training.Step(0);
        training.Gradients.Clear();
        for (var step = 0; step < 2000; step++)
            training.Optimizer.Step(1e-3, training.Team);
        foreach (var state in training.Optimizer.State)
            state.Values.Span.ToArray().ShouldAllBe(value => value == 0 || float.IsNormal(value), state.Name);
    }

    [Fact]
    public void Step_counts_below_zero_are_refused()
    {
        using var training = new NoiseTraining(new OptimizerOptions(), 1, new Seed(1));
        Should.Throw<ArgumentOutOfRangeException>(() => training.Optimizer.StepCount = -1);
    }
}

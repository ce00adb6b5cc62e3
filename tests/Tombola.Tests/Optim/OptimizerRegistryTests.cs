using Tombola.Optim;

namespace Tombola.Tests.Optim;

public class OptimizerRegistryTests
{
    public static TheoryData<string, OptimizerOptions> Invalid => new()
    {
        { "optimizer.learning-rate", new OptimizerOptions { LearningRate = 0 } },
        { "optimizer.learning-rate", new OptimizerOptions { LearningRate = double.NaN } },
        { "optimizer.learning-rate", new OptimizerOptions { LearningRate = double.PositiveInfinity } },
        { "optimizer.momentum", new OptimizerOptions { Momentum = 1 } },
        { "optimizer.momentum", new OptimizerOptions { Momentum = -0.1 } },
        { "optimizer.weight-decay", new OptimizerOptions { WeightDecay = -1 } },
        { "optimizer.beta1", new OptimizerOptions { Beta1 = 1 } },
        { "optimizer.beta2", new OptimizerOptions { Beta2 = 1.5 } },
        { "optimizer.epsilon", new OptimizerOptions { Epsilon = 0 } },
        { "optimizer.alpha", new OptimizerOptions { Alpha = double.NaN } },
        { "optimizer.nesterov", new OptimizerOptions { Name = "sgd", Nesterov = true } },
        { "optimizer.nesterov", new OptimizerOptions { Name = "adam", Nesterov = true, Momentum = 0.9 } },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Values_out_of_range_are_refused_with_their_key(string key, OptimizerOptions options) =>
        Should.Throw<InputException>(() => OptimizerRegistry.Create(options, [])).Message.ShouldStartWith(key + ": ");

    [Fact]
    public void An_unknown_name_is_refused_with_the_nearest() =>
        Should.Throw<InputException>(() => OptimizerRegistry.Validate(new OptimizerOptions { Name = "addam" }))
            .Message.ShouldContain("Did you mean 'adam'?");

    [Fact]
    public void Every_name_creates_an_optimizer()
    {
        OptimizerRegistry.All.Select(entry => entry.Name).ShouldBe(["adam", "adamw", "rmsprop", "sgd"]);
        foreach (var (name, description) in OptimizerRegistry.All)
        {
            using var optimizer = OptimizerRegistry.Create(new OptimizerOptions { Name = name }, []);
            optimizer.State.ShouldBeEmpty();
            description.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void The_defaults_are_those_of_the_paper()
    {
        var options = new OptimizerOptions();
        options.ShouldBe(new OptimizerOptions
        {
            Name = "adam", LearningRate = 0.0012, Momentum = 0, Nesterov = false, WeightDecay = 0,
            Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8, Alpha = 0.99,
        });
    }
}

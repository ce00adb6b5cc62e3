using Tombola.Formats;
using Tombola.Tickets;
using Tombola.Tickets.Xor;

namespace Tombola.Tests.Tickets.Xor;

/// <summary>Descriptions of experiments on XOR: what they mean and what is wrong with them.</summary>
public sealed class XorFileTests
{
    [Fact]
    public void The_preset_of_sizes_is_the_experiment_at_its_defaults()
    {
        var preset = XorFile.Bind(Presets.Open("xor"));
        var defaults = new XorExperiment { Name = "xor", Description = preset.Description };
        CanonicalJson.Pretty(preset).ShouldBe(CanonicalJson.Pretty(defaults));
    }

    [Fact]
    public void The_preset_of_strategies_has_the_four_of_the_paper()
    {
        var preset = XorFile.Bind(Presets.Open("xor-pruning"));
        preset.Hidden.ShouldBe([10]);
        preset.Pruning.To.ShouldBe([4, 2]);
        preset.Pruning.Strategies.Select(strategy => strategy.Label).ShouldBe(
            ["one-shot-product", "iterative-input-magnitude", "iterative-output-magnitude", "iterative-product"]);
        (preset.Training, preset.Scoring).ShouldBe((new XorTrainingOptions(), new XorScoringOptions()));
    }

    [Fact]
    public void Settings_reach_every_part()
    {
        var root = Presets.Open("xor-pruning");
        foreach (var (key, value) in new[]
        {
            ("trials", "7"), ("seed", "5"), ("hidden", "[9, 7]"), ("training.steps", "100"),
            ("training.learning-rate", "0.5"), ("training.deviation", "2"), ("training.hidden-biases", "false"),
            ("scoring.tolerance", "0"), ("scoring.zero-loss", "0.1"), ("pruning.to", "[3]"),
            ("pruning.strategies", "[{score: product}]"),
        })
        {
            root.Set(key, value);
        }

        var experiment = XorFile.Bind(root);
        (experiment.Trials, experiment.Seed.Value).ShouldBe((7, 5UL));
        experiment.Hidden.ShouldBe([9, 7]);
        experiment.Training.ShouldBe(
            new XorTrainingOptions { Steps = 100, LearningRate = 0.5, Deviation = 2, HiddenBiases = false });
        experiment.Scoring.ShouldBe(new XorScoringOptions { Tolerance = 0, ZeroLoss = 0.1 });
        experiment.Pruning.To.ShouldBe([3]);
        experiment.Pruning.Strategies.ShouldBe([new XorStrategy(PruningSchedule.Iterative, "product")]);
    }

    [Fact]
    public void All_keys_are_known()
    {
        XorFile.Keys.ShouldContain("training.hidden-biases");
        XorFile.Keys.ShouldContain("scoring.tolerance");
        XorFile.Keys.ShouldNotContain("levels");
    }

    [Theory]
    [InlineData("name: x\nlevels: 3", "x.yaml:2:1: unknown key 'levels'.")]
    [InlineData("name: x\ntrails: 3", "unknown key 'trails'. Did you mean 'trials'?")]
    [InlineData("name: x\ntrials: 0", "trials: expected a whole number from 1 to 100000, got '0'")]
    [InlineData("name: x/y", "x.yaml: name: expected letters, digits and hyphens")]
    [InlineData("name: x\nhidden: [0]", "hidden.0: expected a whole number of at least 1")]
    [InlineData("name: x\nhidden: [5000000000]", "hidden: expected 1 to 1,000 units")]
    [InlineData("name: x\nhidden: [3, 3]", "hidden: expected each number of units once")]
    [InlineData("name: x\ntraining: {rate: 1}", "unknown key 'training.rate'")]
    [InlineData("name: x\ntraining: {learning-rate: 0}", "learning-rate: expected a number above 0")]
    [InlineData("name: x\nscoring: {tolerance: 0.5}", "tolerance: expected a number of at least 0 and below 0.5")]
    [InlineData("name: x\npruning: {to: [1], strategies: []}", "pruning: expected both to and strategies, or neither")]
    [InlineData("name: x\npruning: {strategies: [{score: product}]}", "both to and strategies, or neither")]
    [InlineData("name: x\nhidden: [4]\npruning: {to: [4], strategies: [{score: product}]}",
        "pruning.to: expected fewer units than any number in hidden, got 4")]
    [InlineData("name: x\npruning: {to: [1], strategies: [{score: produkt}]}",
        "pruning.strategies.0.score: expected one of input-magnitude, output-magnitude, product, got 'produkt'")]
    [InlineData("name: x\npruning: {to: [1], strategies: [{schedule: iterative}]}", "strategies.0.score is missing")]
    [InlineData("name: x\npruning: {to: [1], strategies: [{score: product}, {score: product}]}",
        "pruning.strategies: expected each strategy once")]
    public void Complaints_name_the_key_and_what_was_expected(string yaml, string expected)
    {
        var message = Should.Throw<InputException>(() => XorFile.Bind(ConfigReader.Parse(yaml, "x.yaml"))).Message;
        message.ShouldContain(expected);
        message.ShouldContain("x.yaml");
        message.ShouldNotContain("\n");
    }
}

using Tombola.Data;
using Tombola.Nn.Models;
using Tombola.Numerics.Threads;
using Tombola.Training;

namespace Tombola.Tests.Training;

/// <summary>Holds the evaluator to a twin that looks at one example after the other, in double precision.</summary>
public sealed class EvaluatorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(130)]
    public void Counts_each_example_once(int count)
    {
        using var model = Create();
        using var team = new ThreadTeam(1);
        using var evaluator = new Evaluator(model, Normalisation.Unit, team);
        var examples = Quarters.Create(count);
        var (loss, accuracy) = evaluator.Run(examples);
        var (expectedLoss, correct) = Twin(model, examples);
        loss.ShouldBe(expectedLoss, 1e-5 * expectedLoss);
        accuracy.ShouldBe((double)correct / count);
    }

    [Fact]
    public void Evaluates_sets_of_different_sizes_in_turn_and_follows_the_network()
    {
        using var model = Create();
        using var team = new ThreadTeam(1);
        using var evaluator = new Evaluator(model, Normalisation.Unit, team);
        var (small, large) = (Quarters.Create(10), Quarters.Create(90));
        var first = evaluator.Run(small);
        evaluator.Run(large);
        evaluator.Run(small).ShouldBe(first);
        model.Initialise(new Seed(9));
        evaluator.Run(small).Loss.ShouldNotBe(first.Loss);
    }

    [Fact]
    public void Knows_nothing_of_an_empty_set()
    {
        using var model = Create();
        using var team = new ThreadTeam(1);
        using var evaluator = new Evaluator(model, Normalisation.Unit, team);
        var (loss, accuracy) = evaluator.Run(Quarters.Create(0));
        (double.IsNaN(loss), double.IsNaN(accuracy)).ShouldBe((true, true));
    }

    private static (double Loss, int Correct) Twin(Model model, ImageSet examples)
    {
        var (loss, correct) = (0.0, 0);
        var logits = new float[4];
        for (var i = 0; i < examples.Count; i++)
        {
            float[] x = [.. examples.Pixels.Slice(i * 64, 64).ToArray().Select(pixel => pixel / 255f)];
            model.ForwardOne(x, logits);
            var label = examples.Labels.Span[i];
            loss += Math.Log(logits.Sum(logit => Math.Exp(logit))) - logits[label];
            correct += Array.IndexOf(logits, logits.Max()) == label ? 1 : 0;
        }

        return (loss / examples.Count, correct);
    }

    private static Model Create()
    {
        var model = ModelRegistry.Create(new ModelOptions { Name = "mlp", Hidden = [16] }, Quarters.Shape, 4);
        model.Initialise(new Seed(1));
        return model;
    }
}

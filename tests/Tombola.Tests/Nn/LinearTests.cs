using Tombola.Nn;
using Tombola.Nn.Initialisers;
using Tombola.Numerics.Random;
using Tombola.Numerics.Threads;
using Tombola.Tensors;

namespace Tombola.Tests.Nn;

public class LinearTests
{
    [Fact]
    public void Its_weight_is_prunable_and_its_bias_is_not()
    {
        using var linear = Create("fc1", 3, 2);
        linear.Parameters.Select(parameter => parameter.Name).ShouldBe(["fc1.weight", "fc1.bias"]);
        linear.Parameters.Select(parameter => parameter.Prunable).ShouldBe([true, false]);
        linear.Weight.Shape.ShouldBe(new Shape(2, 3));
        linear.Bias.Shape.ShouldBe(new Shape(2));
    }

    [Fact]
    public void Weights_are_drawn_from_the_stream_of_their_name_and_biases_are_zero()
    {
        using var linear = Create("fc1", 3, 2);
        linear.Bias.Values.Span.Fill(1);
        linear.Initialise(new Seed(7));
        var expected = new float[6];
        new RandomStream(new Seed(7), "init/fc1.weight").FillNormal(expected, 0.5f);
        linear.Weight.Values.Span.ToArray().ShouldBe(expected);
        linear.Bias.Values.Span.ToArray().ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void Pruned_weights_remain_zero_when_it_is_initialised_anew()
    {
        using var linear = Create("fc1", 3, 2);
        linear.Weight.SetMask(new Mask(linear.Weight.Shape, [true, false, true, false, true, false]));
        linear.Initialise(new Seed(7));
        linear.Weight.Values.Span.ToArray().Select(value => value != 0)
            .ShouldBe([true, false, true, false, true, false]);
    }

    [Fact]
    public void Modules_in_sequence_pass_a_batch_on()
    {
        using var team = new ThreadTeam(1);
        using var tape = new Tape(team);
        using Linear first = Create("fc1", 2, 2), second = Create("fc2", 2, 1);
        using var chain = new Sequential(first, new Relu(), second);
        chain.Parameters.Select(parameter => parameter.Name)
            .ShouldBe(["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"]);
        new float[] { 1, 2, -1, -1 }.CopyTo(first.Weight.Values.Span);
        new float[] { 3, 5 }.CopyTo(second.Weight.Values.Span);
        second.Bias.Values.Span[0] = 0.25f;
        using var x = new Tensor(new Shape(2, 2));
        new float[] { 1, -4 }.CopyTo(x.Row(0));
        new float[] { 2, 1 }.CopyTo(x.Row(1));
        tape.Begin(training: false);
        chain.Forward(tape, x).Row(0).ToArray().ShouldBe([(3 * 5) + 0.25f, (5 * 3) + 0.25f]);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Layers_without_inputs_or_outputs_are_refused(int inputs, int outputs) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Create("fc1", inputs, outputs));

    private static Linear Create(string name, int inputs, int outputs) =>
        new(name, inputs, outputs, InitialiserRegistry.Parse("normal(0.5)"));
}

using Tombola.Numerics.Random;
using Tombola.Numerics.Threads;
using Tombola.Tensors;

namespace Tombola.Tests.Tensors;

public sealed class TapeTests : IDisposable
{
    private readonly ThreadTeam _team = new(1);
    private readonly Tape _tape;

    public TapeTests() => _tape = new Tape(_team);

    [Fact]
    public void A_tensor_used_twice_gets_both_gradients()
    {
        using Tensor x = Numbers(3, 5, "x"), target = new(new Shape(3, 5));
        _tape.Begin(training: true);
        var square = _tape.Multiply(x, x);
        _tape.Backward(_tape.MeanSquaredError(_tape.Add(square, square), target));
        // The mean of (2 x²)² over 15 elements has the slope 16 x³ / 15.
        ShouldBe(x, value => 16 * value * value * value / 15);
    }

    [Fact]
    public void A_tensor_may_be_both_input_and_residual()
    {
        using Tensor x = Numbers(4, 20, "x"), target = new(new Shape(4, 20));
        _tape.Begin(training: true);
        _tape.Backward(_tape.MeanSquaredError(_tape.Add(x, _tape.Relu(x)), target));
        ShouldBe(x, value => (value > 0 ? 8 * value : 2 * value) / 80);
    }

    [Fact]
    public void An_output_read_several_times_gets_every_gradient_though_memory_is_shared()
    {
        using Tensor x = Numbers(4, 20, "x"), target = new(new Shape(4, 20));
        for (var pass = 0; pass < 2; pass++)
        {
            _tape.Begin(training: true);
            var square = _tape.Multiply(x, x);
            var sum = _tape.Add(_tape.Relu(square), _tape.Reshape(_tape.Add(square, x), x.Shape));
            _tape.Backward(_tape.MeanSquaredError(_tape.Add(sum, square), target));
            // The mean of (3 x² + x)² over 80 elements.
            ShouldBe(x, value => ((3 * value * value) + value) * ((6 * value) + 1) / 40);
        }
    }

    [Fact]
    public void Memory_of_gradients_is_lent_again_to_those_of_the_same_length()
    {
        using var pool = new GradientPool();
        var (first, second) = (pool.Rent(32), pool.Rent(32));
        first.ShouldNotBeSameAs(second);
        pool.Return(first);
        pool.Rent(48).ShouldNotBeSameAs(first);
        pool.Rent(32).ShouldBeSameAs(first);
        second.Dispose();
    }

    [Fact]
    public void A_second_backward_pass_overwrites_the_first()
    {
        using Tensor x = Numbers(3, 5, "x"), target = new(new Shape(3, 5));
        using var weight = Weight();
        _tape.Begin(training: true);
        var loss = _tape.MeanSquaredError(_tape.Linear(x, weight), target);
        _tape.Backward(loss);
        float[] first = x.Gradient.Span.ToArray(), firstOfWeight = weight.Gradient.Span.ToArray();
        _tape.Backward(loss);
        x.Gradient.Span.ToArray().ShouldBe(first);
        weight.Gradient.Span.ToArray().ShouldBe(firstOfWeight);
    }

    [Fact]
    public void Gradients_of_another_tape_are_not_added_to()
    {
        using Tensor x = Numbers(3, 5, "x"), target = new(new Shape(3, 5));
        using var other = new Tape(_team);
        using var weight = Weight();
        foreach (var tape in new[] { _tape, other })
        {
            tape.Begin(training: true);
            tape.Backward(tape.MeanSquaredError(tape.Linear(x, weight), target));
        }

        float[] last = x.Gradient.Span.ToArray(), lastOfWeight = weight.Gradient.Span.ToArray();
        _tape.Begin(training: true);
        _tape.Backward(_tape.MeanSquaredError(_tape.Linear(x, weight), target));
        x.Gradient.Span.ToArray().ShouldBe(last);
        weight.Gradient.Span.ToArray().ShouldBe(lastOfWeight);
    }

    [Fact]
    public void What_requires_no_gradient_gets_none()
    {
        using Tensor x = Numbers(3, 5, "x", requiresGradient: false), target = new(new Shape(3, 5));
        using Tensor y = Numbers(3, 5, "y");
        _tape.Begin(training: true);
        _tape.Backward(_tape.MeanSquaredError(_tape.Add(_tape.Tanh(_tape.Multiply(x, x)), y), target));
        x.Gradient.Span.ContainsAnyExcept(0f).ShouldBeFalse();
        y.Gradient.Span.ContainsAnyExcept(0f).ShouldBeTrue();
        target.Gradient.Span.ContainsAnyExcept(0f).ShouldBeFalse();
        _tape.Begin(training: true);
        _tape.MeanSquaredError(x, target).RequiresGradient.ShouldBeFalse();
    }

    [Fact]
    public void Operations_and_their_memory_are_reused_while_a_pass_repeats()
    {
        using Tensor x = Numbers(3, 5, "x"), wider = Numbers(3, 7, "x");
        Tensor Pass(Tensor input, bool training)
        {
            _tape.Begin(training);
            return _tape.Relu(_tape.Tanh(input));
        }

        var first = Pass(x, training: true);
        Pass(x, training: true).ShouldBeSameAs(first);
        Pass(wider, training: true).ShouldNotBeSameAs(first);
        Pass(wider, training: true).Shape.ShouldBe(new Shape(3, 7));
    }

    [Fact]
    public void Dropout_follows_the_step_and_rests_in_evaluation()
    {
        using var x = Numbers(30, 20, "x");
        var stream = new RandomStream(new Seed(1), "dropout/0");
        float[] Pass(bool training, long step)
        {
            _tape.Begin(training, step);
            return _tape.Dropout(x, 0.5, stream).Buffer.Span.ToArray();
        }

        var first = Pass(training: true, step: 0);
        Pass(training: true, step: 1).ShouldNotBe(first);
        Pass(training: true, step: 0).ShouldBe(first);
        first.Count(value => value == 0).ShouldBeInRange(200, 760);
        _tape.Begin(training: false);
        _tape.Dropout(x, 0.5, stream).ShouldBeSameAs(x);
        _tape.Begin(training: true);
        _tape.Dropout(x, 0, stream).ShouldBeSameAs(x);
        Should.Throw<ArgumentOutOfRangeException>(() => _tape.Dropout(x, 1, stream));
        Should.Throw<ArgumentOutOfRangeException>(() => _tape.Dropout(x, double.NaN, stream));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_with_both()
    {
        using Tensor x = Numbers(3, 5, "x"), other = Numbers(5, 3, "x");
        using Parameter weight = Weight(), bias = new("b", new Shape(4), prunable: false);
        _tape.Begin(training: true);
        foreach (Action misfit in new Action[]
        {
            () => _tape.Add(x, other), () => _tape.Multiply(x, other), () => _tape.MeanSquaredError(x, other),
            () => _tape.BinaryCrossEntropy(x, other), () => _tape.Linear(other, weight), () => _tape.Bias(x, bias),
            () => _tape.Reshape(x, new Shape(5, 3)), () => _tape.Reshape(x, new Shape()),
            () => _tape.SoftmaxCrossEntropy(x, [0]), () => _tape.Backward(x),
        })
        {
            Should.Throw<ShapeException>(misfit).Message.ShouldContain("expected");
        }

        Should.Throw<ArgumentOutOfRangeException>(() => _tape.SoftmaxCrossEntropy(x, [0, 1, 2, 3, 0]));
        _tape.Begin(training: false);
        Should.Throw<InvalidOperationException>(() => _tape.Backward(x));
    }

    public void Dispose()
    {
        _tape.Dispose();
        _team.Dispose();
    }

    private static Tensor Numbers(int features, int batch, string name, bool requiresGradient = true)
    {
        var x = new Tensor(new Shape(features, batch), requiresGradient);
        for (var row = 0; row < features; row++)
            new RandomStream(new Seed(2), name, row).FillNormal(x.Row(row), 1);
        return x;
    }

    private static Parameter Weight()
    {
        var weight = new Parameter("w", new Shape(3, 3), prunable: true);
        new RandomStream(new Seed(2), "w").FillNormal(weight.Values.Span, 1);
        return weight;
    }

    private static void ShouldBe(Tensor x, Func<float, float> slope)
    {
        for (var row = 0; row < x.Rows; row++)
        {
            for (var lane = 0; lane < x.Lanes; lane++)
            {
                var expected = lane < x.Batch ? slope(x.Row(row)[lane]) : 0;
                x.Gradient.Span[(row * x.Lanes) + lane].ShouldBe(expected, 1e-5f * (1 + Math.Abs(expected)));
            }
        }
    }
}

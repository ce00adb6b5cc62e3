using Tombola.Numerics.Random;
using Tombola.Numerics.Threads;
using Tombola.Tensors;

namespace Tombola.Tests.Tensors;

/// <summary>Holds the gradient of every registered operation against finite differences.</summary>
public sealed class GradientTests
{
    private const float Delta = 1e-2f;
    private const double Tolerance = 2e-3;

    /// <summary>How each operation is put to the test: inputs and parameters in, any tensor out.</summary>
    private static readonly Dictionary<string, Func<Tape, Tensor[], Parameter[], Tensor>> Cases = new()
    {
        ["add"] = (tape, x, _) => tape.Add(tape.Add(x[0], x[1]), x[0]),
        ["average-pool"] = (tape, x, _) => tape.AveragePool(Images(tape, x), 2, 1),
        ["batch-norm"] = (tape, x, p) => tape.BatchNorm(x[0], Statistics(p[0])),
        ["bias"] = (tape, x, p) => tape.Bias(x[0], p[0]),
        ["binary-cross-entropy"] = (tape, x, _) => tape.BinaryCrossEntropy(x[0], Targets(x[0])),
        ["convolution"] = (tape, x, p) => tape.Convolution(Images(tape, x), p[3], p[4], padding: 1),
        ["dropout"] = (tape, x, _) => tape.Dropout(x[0], 0.4, new RandomStream(new Seed(5), "dropout/test")),
        ["linear"] = (tape, x, p) => tape.Linear(tape.Linear(x[0], p[1], p[0]), p[2]),
        ["max-pool"] = (tape, x, _) => tape.MaxPool(tape.Add(Images(tape, x), Apart(Images(tape, x))), 2),
        ["mean-squared-error"] = (tape, x, _) => tape.MeanSquaredError(x[0], Targets(x[0])),
        ["multiply"] = (tape, x, _) => tape.Multiply(tape.Multiply(x[0], x[1]), x[0]),
        ["relu"] = (tape, x, _) => tape.Relu(x[0]),
        ["reshape"] = (tape, x, _) => tape.Tanh(tape.Reshape(x[0], new Shape(x[0].Rows, 1, x[0].Batch))),
        ["sigmoid"] = (tape, x, _) => tape.Sigmoid(x[0]),
        ["softmax-cross-entropy"] = (tape, x, _) => tape.SoftmaxCrossEntropy(x[0], Labels(x[0])),
        ["tanh"] = (tape, x, _) => tape.Tanh(x[0]),
    };

    public static TheoryData<string, int, int> Operations()
    {
        var data = new TheoryData<string, int, int>();
        foreach (var name in OperationRegistry.All.Keys)
        {
            foreach (var (features, batch) in new[] { (5, 1), (3, 7), (1, 16), (5, 60), (17, 64), (2, 65) })
                data.Add(name, features, batch);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Agrees_with_finite_differences(string name, int features, int batch)
    {
        using var world = new World(features, batch);
        var analytic = world.Gradients(Cases[name]);
        foreach (var (values, gradient) in world.Variables.Zip(analytic))
        {
            for (var i = 0; i < gradient.Length; i += Math.Max(1, gradient.Length / 40))
            {
                var numeric = world.Difference(Cases[name], values, i);
                Math.Abs(numeric - gradient[i]).ShouldBeLessThan(
                    Tolerance * (1 + Math.Abs(numeric)), $"{name}, element {i}: {gradient[i]} against {numeric}");
            }
        }
    }

    [Theory]
    [InlineData(2, 5, 60)]
    [InlineData(3, 5, 60)]
    [InlineData(2, 150, 65)]
    [InlineData(3, 150, 65)]
    public void Does_not_depend_on_the_threads(int threads, int features, int batch)
    {
        foreach (var name in OperationRegistry.All.Keys)
        {
            using World one = new(features, batch), many = new(features, batch, threads);
            foreach (var (expected, actual) in one.Gradients(Cases[name]).Zip(many.Gradients(Cases[name])))
                actual.SequenceEqual(expected).ShouldBeTrue(name);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public void Leaves_zeros_in_the_padding_of_gradients(int batch)
    {
        foreach (var name in OperationRegistry.All.Keys)
        {
            using var world = new World(features: 5, batch);
            world.Gradients(Cases[name]);
            world.PaddingOfGradients().ShouldAllBe(gradient => gradient == 0, name);
        }
    }

    [Fact]
    public void Every_operation_is_registered()
    {
        var operations = typeof(Operation).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Operation)) && !type.IsAbstract)
            .Select(type => type.DeclaringType!.Name[..^"Operation".Length]);
        var registered = OperationRegistry.All.Keys.Select(name => name.Replace("-", "", StringComparison.Ordinal));
        operations.Select(name => name.ToLowerInvariant()).Order().ShouldBe(registered.Order());
    }

    /// <summary>Makes images of two channels and two rows out of the features.</summary>
    private static Tensor Images(Tape tape, Tensor[] x)
    {
        var all = tape.Linear(x[0], Spread(x[0].Rows));
        return tape.Reshape(all, new Shape(2, 2, x[0].Rows + 1, x[0].Batch));
    }

    /// <summary>Sets numbers apart, since a finite difference says nothing where two are the largest.</summary>
    private static Tensor Apart(Tensor x)
    {
        var offsets = new Tensor(x.Shape);
        for (var row = 0; row < x.Rows; row++)
            new RandomStream(new Seed(10), "apart", row).FillNormal(offsets.Row(row), 20);
        return offsets;
    }

    private static Parameter Spread(int features)
    {
        var weight = new Parameter("spread", new Shape(4 * (features + 1), features), prunable: false);
        new RandomStream(new Seed(9), "spread").FillNormal(weight.Values.Span, 1);
        return weight;
    }

    private static BatchNormParameters Statistics(Parameter scale)
    {
        Parameter Create(string name) => new(name, scale.Shape, prunable: false);
        return new BatchNormParameters(scale, Create("shift"), Create("mean"), Create("variance"));
    }

    private static int[] Labels(Tensor x) => [.. Enumerable.Range(0, x.Batch).Select(i => i % x.Rows)];

    private static Tensor Targets(Tensor x)
    {
        var targets = new Tensor(x.Shape);
        for (var row = 0; row < x.Rows; row++)
        {
            for (var lane = 0; lane < x.Batch; lane++)
                targets.Row(row)[lane] = (row + lane) % 2;
        }

        return targets;
    }

    /// <summary>Two inputs, a bias and two weights, and a loss: the output projected on random numbers.</summary>
    private sealed class World : IDisposable
    {
        private readonly ThreadTeam _team;
        private readonly Tape _tape;
        private readonly Tensor[] _inputs;
        private readonly Parameter[] _parameters;

        public World(int features, int batch, int threads = 1)
        {
            _team = new ThreadTeam(threads);
            _tape = new Tape(_team);
            _inputs = [new Tensor(new Shape(features, batch), true), new Tensor(new Shape(features, batch), true)];
            _parameters =
            [
                new Parameter("b", new Shape(features), prunable: false),
                new Parameter("w1", new Shape(features, features), prunable: true),
                new Parameter("w2", new Shape(3, features), prunable: true),
                new Parameter("kernel", new Shape(3, 2, 3, 3), prunable: true),
                new Parameter("channel-bias", new Shape(3), prunable: false),
            ];
            for (var i = 0; i < _inputs.Length; i++)
            {
                for (var row = 0; row < features; row++)
                {
                    // Away from the kink of ReLU, where a finite difference says nothing.
                    new RandomStream(new Seed(7), $"x{i}", row).FillNormal(_inputs[i].Row(row), 1);
                    foreach (ref var x in _inputs[i].Row(row))
                        x += MathF.CopySign(0.05f, x);
                }
            }

            foreach (var parameter in _parameters)
                new RandomStream(new Seed(8), parameter.Name).FillNormal(parameter.Values.Span, 0.5f);
        }

        /// <summary>The memory of each variable: rows of lanes for tensors, flat for parameters.</summary>
        public IEnumerable<Memory> Variables =>
        [
            .. _inputs.Select(x => new Memory(
                x.Batch, x.Lanes, x.Rows, i => x.Buffer.Span[i], (i, v) => x.Buffer.Span[i] = v)),
            .. _parameters.Select(p => new Memory(
                p.Values.Length, p.Values.Length, 1, i => p.Values.Span[i], (i, v) => p.Values.Span[i] = v)),
        ];

        public float[][] Gradients(Func<Tape, Tensor[], Parameter[], Tensor> operation)
        {
            Soil();
            _tape.Begin(training: true, step: 3);
            var output = operation(_tape, _inputs, _parameters);
            for (var row = 0; row < output.Rows; row++)
                Projection(row, output.Gradient.Span.Slice(row * output.Lanes, output.Batch));
            _tape.BackwardFrom(output);
            foreach (var idle in _inputs.Where(x => !x.HasGradient(_tape)))
                idle.Gradient.Span.Clear();
            return
            [
                .. _inputs.Select(x => Enumerable.Range(0, x.Rows)
                    .SelectMany(row => x.Gradient.Span.Slice(row * x.Lanes, x.Batch).ToArray()).ToArray()),
                .. _parameters.Select(p => p.Gradient.Span.ToArray()),
            ];
        }

        /// <summary>What the last gradients of the inputs hold beyond the batch.</summary>
        public float[] PaddingOfGradients() =>
        [
            .. _inputs.SelectMany(x => Enumerable.Range(0, x.Rows)
                .SelectMany(row => x.Gradient.Span[((row * x.Lanes) + x.Batch)..((row + 1) * x.Lanes)].ToArray())),
        ];

        public double Difference(Func<Tape, Tensor[], Parameter[], Tensor> operation, Memory memory, int element)
        {
            var at = (element / memory.Batch * memory.Lanes) + (element % memory.Batch);
            var value = memory.Get(at);
            memory.Set(at, value + Delta);
            var above = Loss(operation);
            memory.Set(at, value - Delta);
            var below = Loss(operation);
            memory.Set(at, value);
            return (above - below) / (2 * Delta);
        }

        public void Dispose()
        {
            _tape.Dispose();
            _team.Dispose();
            foreach (var input in _inputs)
                input.Dispose();
            foreach (var parameter in _parameters)
                parameter.Dispose();
        }

        private static void Projection(int row, Span<float> values) =>
            new RandomStream(new Seed(9), "projection", row).FillNormal(values, 1);

        private double Loss(Func<Tape, Tensor[], Parameter[], Tensor> operation)
        {
            _tape.Begin(training: true, step: 3);
            var output = operation(_tape, _inputs, _parameters);
            var weights = new float[output.Batch];
            var sum = 0.0;
            for (var row = 0; row < output.Rows; row++)
            {
                Projection(row, weights);
                for (var lane = 0; lane < output.Batch; lane++)
                    sum += (double)weights[lane] * output.Row(row)[lane];
            }

            return sum;
        }

        // What the first contribution leaves as it is would be left over from another gradient in the same memory.
        private void Soil()
        {
            foreach (var input in _inputs)
            {
                for (var row = 0; row < input.Rows; row++)
                    input.Gradient.Span.Slice(row * input.Lanes, input.Batch).Fill(1000);
            }

            foreach (var parameter in _parameters)
                parameter.Gradient.Span.Clear();
        }
    }

    private sealed record Memory(int Batch, int Lanes, int Rows, Func<int, float> Get, Action<int, float> Set);
}

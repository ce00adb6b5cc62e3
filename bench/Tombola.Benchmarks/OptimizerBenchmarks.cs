using BenchmarkDotNet.Attributes;
using Tombola.Nn.Models;
using Tombola.Numerics.Random;
using Tombola.Numerics.Threads;
using Tombola.Optim;
using Tombola.Tensors;

namespace Tombola.Benchmarks;

/// <summary>One update of all 266,610 parameters of LeNet-300-100 on one core, dense and masked to a fifth.</summary>
[MemoryDiagnoser]
public class OptimizerBenchmarks : IDisposable
{
    private ThreadTeam _team = null!;
    private Model _model = null!;
    private Optimizer _optimizer = null!;

    [Params("sgd", "adam", "adamw", "rmsprop")]
    public string Name { get; set; } = "";

    [Params(false, true)]
    public bool Masked { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _team = new ThreadTeam(1);
        _model = ModelRegistry.Create(new ModelOptions(), new Shape(28, 28), classes: 10);
        _model.Initialise(new Seed(1));
        foreach (var parameter in _model.Parameters)
        {
            new RandomStream(new Seed(2), parameter.Name).FillNormal(parameter.Gradient.Span, 0.01f);
            if (Masked && parameter.Prunable)
                parameter.SetMask(EveryFifth(parameter.Shape));
        }

        var options = new OptimizerOptions { Name = Name, Momentum = Name == "sgd" ? 0.9 : 0 };
        _optimizer = OptimizerRegistry.Create(options, _model.Parameters);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _optimizer.Dispose();
        _model.Dispose();
        _team.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void Step() => _optimizer.Step(1e-6, _team);

    private static Mask EveryFifth(Shape shape) =>
        new(shape, Enumerable.Range(0, shape.Count).Select(i => i % 5 == 0).ToArray());
}

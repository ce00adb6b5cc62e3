using Tombola.Numerics.Random;
using Tombola.Numerics.Threads;
using Tombola.Optim;
using Tombola.Tensors;

namespace Tombola.Tests.Optim;

/// <summary>One parameter whose gradients are noise.</summary>
internal sealed class NoiseTraining : IDisposable
{
    private readonly OptimizerOptions _options;
    private readonly RandomStream _noise;

    public NoiseTraining(OptimizerOptions options, int length, Seed seed, int threads = 1)
    {
        (_options, _noise, Team) = (options, new RandomStream(seed, "gradient"), new ThreadTeam(threads));
        Parameter = new Parameter("w", new Shape(length), prunable: true);
        new RandomStream(seed, "init").FillNormal(Values, 1);
        Optimizer = OptimizerRegistry.Create(options, [Parameter]);
    }

    public ThreadTeam Team { get; }

    public Parameter Parameter { get; }

    public Optimizer Optimizer { get; }

    public Span<float> Values => Parameter.Values.Span;

    public Span<float> Gradients => Parameter.Gradient.Span;

    /// <summary>Keeps the weights whose position is no multiple of three.</summary>
    public Mask Prune()
    {
        var survives = Enumerable.Range(0, Values.Length).Select(i => i % 3 != 0).ToArray();
        var mask = new Mask(Parameter.Shape, survives);
        Parameter.SetMask(mask);
        return mask;
    }

    public void Step(int step)
    {
        _noise.At(step).FillNormal(Gradients, 0.1f);
        Optimizer.Step(_options.LearningRate, Team);
    }

    public void Dispose()
    {
        Optimizer.Dispose();
        Parameter.Dispose();
        Team.Dispose();
    }
}

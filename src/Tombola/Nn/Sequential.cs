using System.Buffers;
using Tombola.Tensors;

namespace Tombola.Nn;

/// <summary>Modules one after the other.</summary>
public sealed class Sequential : Module
{
    private readonly Module[] _modules;

    /// <summary>Creates the chain.</summary>
    /// <param name="modules">In the order of the forward pass; owned from now on.</param>
    public Sequential(params IEnumerable<Module> modules)
    {
        _modules = [.. modules];
        Parameters = [.. _modules.SelectMany(module => module.Parameters)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override IEnumerable<Module> All() => [this, .. _modules.SelectMany(module => module.All())];

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor x)
    {
        foreach (var module in _modules)
            x = module.Forward(tape, x);
        return x;
    }

    /// <inheritdoc/>
    public override void Initialise(Seed seed)
    {
        foreach (var module in _modules)
            module.Initialise(seed);
    }

    /// <inheritdoc/>
    public override bool[]? Compress(Func<Parameter, bool> compress, bool[]? outputsRead = null)
    {
        for (var i = _modules.Length - 1; i >= 0; i--)
            outputsRead = _modules[i].Compress(compress, outputsRead);
        return outputsRead;
    }

    /// <inheritdoc/>
    public override int Outputs(int inputs) =>
        _modules.Aggregate(inputs, (features, module) => module.Outputs(features));

    /// <inheritdoc/>
    public override void ForwardOne(ReadOnlySpan<float> x, Span<float> y)
    {
        var widest = x.Length;
        var features = x.Length;
        foreach (var module in _modules)
            widest = Math.Max(widest, features = module.Outputs(features));
        var buffer = ArrayPool<float>.Shared.Rent(2 * widest);
        Span<float> from = buffer.AsSpan(0, widest), to = buffer.AsSpan(widest, widest);
        features = x.Length;
        x.CopyTo(from);
        foreach (var module in _modules)
        {
            var outputs = module.Outputs(features);
            module.ForwardOne(from[..features], to[..outputs]);
            var swap = from;
            from = to;
            to = swap;
            features = outputs;
        }

        from[..features].CopyTo(y);
        ArrayPool<float>.Shared.Return(buffer);
    }
}

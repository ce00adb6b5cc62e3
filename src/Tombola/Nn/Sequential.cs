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
}

using Tombola.Tensors;

namespace Tombola.Nn;

/// <summary>A part of a network: parameters, and how a batch passes through them.</summary>
/// <remarks>
/// A module owns its parameters' memory. It holds no activations: those belong to the tape, so one module may serve
/// several tapes, one at a time for training.
/// </remarks>
public abstract class Module : IDisposable
{
    /// <summary>The parameters, in the order of the forward pass; names are unique.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Passes a batch through.</summary>
    /// <param name="tape">The pass, begun.</param>
    /// <param name="x">[…, batch].</param>
    /// <returns>The module's output, valid until the tape's next pass.</returns>
    /// <exception cref="ShapeException">The input does not fit the module.</exception>
    public abstract Tensor Forward(Tape tape, Tensor x);

    /// <summary>Lists this module and those within it, in the order of the forward pass.</summary>
    public virtual IEnumerable<Module> All() => [this];

    /// <summary>Sets every parameter to its initial value.</summary>
    /// <remarks>
    /// Parameter p is drawn from the stream <c>init/p</c> of the seed, so its values do not depend on the other
    /// parameters. Masks stay: pruned weights remain zero.
    /// </remarks>
    /// <param name="seed">Decides the values.</param>
    public abstract void Initialise(Seed seed);

    /// <summary>Chooses which pruned weights are stored and computed with as survivors alone.</summary>
    /// <remarks>
    /// Call it after masks are set and before an optimizer is made. Goes from the last module to the first: weights
    /// into units that nobody reads rest, and inputs that nobody reads need not be supplied.
    /// </remarks>
    /// <param name="compress">Tells whether to compress a pruned weight.</param>
    /// <param name="outputsRead">Which features of the output anyone reads; null for all.</param>
    /// <returns>Which features of the input this module reads; null for all.</returns>
    public virtual bool[]? Compress(Func<Parameter, bool> compress, bool[]? outputsRead = null) => null;

    /// <summary>Tells how many features come out.</summary>
    /// <param name="inputs">Features that go in.</param>
    public virtual int Outputs(int inputs) => inputs;

    /// <summary>Passes one example through as in evaluation, without a tape: the way of least latency.</summary>
    /// <param name="x">[inputs].</param>
    /// <param name="y">[outputs], overwritten; does not overlap <paramref name="x"/>.</param>
    /// <exception cref="ShapeException">The lengths do not fit the module.</exception>
    public abstract void ForwardOne(ReadOnlySpan<float> x, Span<float> y);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var parameter in Parameters)
            parameter.Dispose();
        GC.SuppressFinalize(this);
    }
}

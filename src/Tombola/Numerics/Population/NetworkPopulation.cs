using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;

namespace Tombola.Numerics.Population;

/// <summary>Many small networks trained side by side on the same few examples: one network a vector lane.</summary>
/// <remarks>
/// <para>Each network computes <c>z = c + Σᵤ vᵤ max(0, bᵤ + Σᵢ wᵤᵢ xᵢ)</c>, the logit of its one output. A network of
/// ten units is far too small to fill a vector; a thousand of them fill it always, and every operation of a step does
/// the same for 16 of them at once.</para>
/// <para>Lanes never meet, sums run over units and examples in their order, and threads share the lanes, so the bits
/// of a network depend neither on the number of threads nor on which networks are trained beside it.</para>
/// </remarks>
internal sealed unsafe class NetworkPopulation : IDisposable
{
    private readonly FloatBuffer _inputs;
    private readonly FloatBuffer _targets;
    private readonly FloatBuffer _outputs;
    private readonly FloatBuffer _hiddenSlopes;

    /// <summary>Creates a population whose weights and biases are all zero.</summary>
    /// <param name="size">Its extents.</param>
    /// <param name="inputs">x, [points, inputs]; copied.</param>
    /// <param name="targets">0 or 1, one a point; copied.</param>
    /// <exception cref="ArgumentException">There are not as many inputs or targets as the extents say.</exception>
    internal NetworkPopulation(PopulationSize size, ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets)
    {
        if (inputs.Length != size.Points * size.Inputs || targets.Length != size.Points)
            throw new ArgumentException("Expected a row of inputs and a target for each point.", nameof(inputs));
        Size = size;
        Weights = new FloatBuffer(size.Rows * size.Lanes);
        _inputs = new FloatBuffer(inputs.Length);
        _targets = new FloatBuffer(targets.Length);
        _outputs = new FloatBuffer(size.Points * size.Lanes);
        _hiddenSlopes = new FloatBuffer(size.Points * size.Lanes);
        inputs.CopyTo(_inputs.Span);
        targets.CopyTo(_targets.Span);
    }

    /// <summary>The extents.</summary>
    internal PopulationSize Size { get; }

    /// <summary>The weights and biases, [rows, lanes] in the order that <see cref="PopulationSize"/> tells.</summary>
    internal FloatBuffer Weights { get; }

    /// <summary>Takes steps of gradient descent on the mean cross-entropy of all examples.</summary>
    /// <param name="team">Shares the networks.</param>
    /// <param name="steps">Zero or more.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="hiddenBiases">Whether the biases of the hidden units learn; the output's always does.</param>
    internal void Descend(ThreadTeam team, int steps, double rate, bool hiddenBiases)
    {
        var work = new PopulationDescent
        {
            Networks = Kernel(), Targets = _targets.Pointer, HiddenSlopes = _hiddenSlopes.Pointer, Steps = steps,
            Scale = (float)(rate / Size.Points), HiddenBiases = hiddenBiases,
        };
        team.Run(work, PopulationDescent.Items(Size.Lanes));
    }

    /// <summary>Computes the logits of all networks for all examples.</summary>
    /// <param name="team">Shares the networks.</param>
    /// <returns>z, [points, lanes]; valid until the next call of any method.</returns>
    internal ReadOnlySpan<float> Logits(ThreadTeam team)
    {
        team.Run(Kernel(), Size.Lanes / Vectors.VectorWidth.Pad);
        return _outputs.Span;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Weights.Dispose();
        _inputs.Dispose();
        _targets.Dispose();
        _outputs.Dispose();
        _hiddenSlopes.Dispose();
    }

    private PopulationForward Kernel() => new()
    {
        Weights = Weights.Pointer, Inputs = _inputs.Pointer, Outputs = _outputs.Pointer, Size = Size,
        Lanes = Size.Lanes,
    };
}

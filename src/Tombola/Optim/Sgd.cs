using System.Runtime.CompilerServices;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Updates;
using Tombola.Numerics.Vectors;
using Tombola.Tensors;

namespace Tombola.Optim;

/// <summary>Stochastic gradient descent with momentum, Nesterov's or plain, and weight decay in the gradient.</summary>
/// <remarks>
/// <c>b ← μb + g; w ← w − η·b</c>, or with Nesterov <c>w ← w − η(g + μb)</c>; the buffer b starts at zero, so the first
/// step is that of plain descent. Source: Sutskever et al. 2013, in the form that multiplies the rate last.
/// </remarks>
public sealed class Sgd : Optimizer
{
    private readonly OptimizerOptions _options;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="options">Momentum, Nesterov and weight decay, in range.</param>
    /// <param name="parameters">What is updated; not owned.</param>
    public Sgd(OptimizerOptions options, IReadOnlyList<Parameter> parameters)
        : base(parameters, StateNames(options)) => _options = options;

    /// <inheritdoc/>
    protected override void Update(
        Parameter parameter, ReadOnlySpan<FloatBuffer> state, double learningRate, ThreadTeam team)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var momentum = (float)_options.Momentum;
        var rule = new Rule
        {
            Rate = (float)-learningRate, Decay = (float)_options.WeightDecay, Momentum = momentum,
            GradientShare = _options.Nesterov ? 1 : 0, BufferShare = _options.Nesterov ? momentum : 1,
        };
        var buffer = state.Length > 0 ? state[0] : null;
        ParameterUpdate.Run(
            team, rule, parameter.Values, parameter.Gradient, parameter.MaskFactors, buffer, second: null);
    }

    private static string[] StateNames(OptimizerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Momentum > 0 ? ["sgd.momentum"] : [];
    }

    private struct Rule : IUpdateRule
    {
        public float Rate, Decay, Momentum, GradientShare, BufferShare;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Apply<T>(ref T w, T g, ref T m, ref T v)
            where T : struct, ILanes<T>
        {
            g = T.MultiplyAdd(w, T.Broadcast(Decay), g);
            m = Subnormals.Flush(T.MultiplyAdd(m, T.Broadcast(Momentum), g));
            var direction = T.MultiplyAdd(m, T.Broadcast(BufferShare), g * T.Broadcast(GradientShare));
            w = T.MultiplyAdd(direction, T.Broadcast(Rate), w);
        }
    }
}

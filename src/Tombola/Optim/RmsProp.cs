using System.Runtime.CompilerServices;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Updates;
using Tombola.Numerics.Vectors;
using Tombola.Tensors;

namespace Tombola.Optim;

/// <summary>RMSProp: gradients divided by the root of their mean square, optionally with momentum.</summary>
/// <remarks>
/// <c>v ← αv + (1 − α)g²; b ← μb + g / (√v + ε); w ← w − η·b</c>; weight decay is added to the gradient. Source:
/// Tieleman and Hinton 2012, lecture 6.5.
/// </remarks>
public sealed class RmsProp : Optimizer
{
    private readonly OptimizerOptions _options;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="options">α, ε, momentum and weight decay, in range.</param>
    /// <param name="parameters">What is updated; not owned.</param>
    public RmsProp(OptimizerOptions options, IReadOnlyList<Parameter> parameters)
        : base(parameters, StateNames(options)) => _options = options;

    /// <inheritdoc/>
    protected override void Update(
        Parameter parameter, ReadOnlySpan<FloatBuffer> state, double learningRate, ThreadTeam team)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var rule = new Rule
        {
            Rate = (float)-learningRate, Decay = (float)_options.WeightDecay, Momentum = (float)_options.Momentum,
            Alpha = (float)_options.Alpha, Rest = (float)(1 - _options.Alpha), Epsilon = (float)_options.Epsilon,
        };
        var momentum = state.Length > 1 ? state[1] : null;
        ParameterUpdate.Run(
            team, rule, parameter.Values, parameter.Gradient, parameter.MaskFactors, momentum, state[0]);
    }

    private static string[] StateNames(OptimizerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Momentum > 0 ? ["rmsprop.square", "rmsprop.momentum"] : ["rmsprop.square"];
    }

    private struct Rule : IUpdateRule
    {
        public float Rate, Decay, Momentum, Alpha, Rest, Epsilon;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Apply<T>(ref T w, T g, ref T m, ref T v)
            where T : struct, ILanes<T>
        {
            g = T.MultiplyAdd(w, T.Broadcast(Decay), g);
            v = Subnormals.Flush(T.MultiplyAdd(v, T.Broadcast(Alpha), g * T.Broadcast(Rest) * g));
            m = Subnormals.Flush(T.MultiplyAdd(m, T.Broadcast(Momentum), g / (T.Sqrt(v) + T.Broadcast(Epsilon))));
            w = T.MultiplyAdd(m, T.Broadcast(Rate), w);
        }
    }
}

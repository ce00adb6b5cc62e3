using System.Runtime.CompilerServices;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Updates;
using Tombola.Numerics.Vectors;
using Tombola.Tensors;

namespace Tombola.Optim;

/// <summary>Adam, with weight decay either in the gradient or, as AdamW, on the weights.</summary>
/// <remarks>
/// <c>m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; w ← w − η · m̂ / (√v̂ + ε)</c> with both means corrected for their
/// start at zero. Sources: Kingma and Ba 2015; Loshchilov and Hutter 2019 for decoupled decay, <c>w ← w − ηλw</c>.
/// </remarks>
public sealed class Adam : Optimizer
{
    private readonly OptimizerOptions _options;
    private readonly bool _decoupledDecay;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="options">β₁, β₂, ε and weight decay, in range.</param>
    /// <param name="parameters">What is updated; not owned.</param>
    /// <param name="decoupledDecay">Whether weight decay acts on the weights (AdamW) rather than the gradient.</param>
    public Adam(OptimizerOptions options, IReadOnlyList<Parameter> parameters, bool decoupledDecay = false)
        : base(parameters, decoupledDecay ? ["adamw.m", "adamw.v"] : ["adam.m", "adam.v"])
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _decoupledDecay) = (options, decoupledDecay);
    }

    /// <inheritdoc/>
    protected override void Update(
        Parameter parameter, ReadOnlySpan<FloatBuffer> state, double learningRate, ThreadTeam team)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var (beta1, beta2) = (_options.Beta1, _options.Beta2);
        var rule = new Rule
        {
            Beta1 = (float)beta1, Rest1 = (float)(1 - beta1), Beta2 = (float)beta2, Rest2 = (float)(1 - beta2),
            Rate = (float)(-learningRate / (1 - Math.Pow(beta1, StepCount))),
            RootScale = (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, StepCount))),
            Epsilon = (float)_options.Epsilon,
            GradientDecay = _decoupledDecay ? 0 : (float)_options.WeightDecay,
            Shrink = _decoupledDecay ? (float)(1 - (learningRate * _options.WeightDecay)) : 1,
        };
        ParameterUpdate.Run(
            team, rule, parameter.Values, parameter.Gradient, parameter.MaskFactors, state[0], state[1]);
    }

    private struct Rule : IUpdateRule
    {
        public float Beta1, Rest1, Beta2, Rest2, Rate, RootScale, Epsilon, GradientDecay, Shrink;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Apply<T>(ref T w, T g, ref T m, ref T v)
            where T : struct, ILanes<T>
        {
            g = T.MultiplyAdd(w, T.Broadcast(GradientDecay), g);
            m = Subnormals.Flush(T.MultiplyAdd(m, T.Broadcast(Beta1), g * T.Broadcast(Rest1)));
            v = Subnormals.Flush(T.MultiplyAdd(v, T.Broadcast(Beta2), g * T.Broadcast(Rest2) * g));
            var root = T.MultiplyAdd(T.Sqrt(v), T.Broadcast(RootScale), T.Broadcast(Epsilon));
            // The rate is divided, not m: a numerator that may be tiny would make the division slow.
            w = T.MultiplyAdd(m, T.Broadcast(Rate) / root, w * T.Broadcast(Shrink));
        }
    }
}

using System.Runtime.CompilerServices;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Updates;

/// <summary>Runs an update rule over flat values in one pass through memory.</summary>
internal static unsafe class ParameterUpdate
{
    // A few pages: enough to share evenly, and no false sharing at the borders.
    private const int ItemFloats = 4096;

    /// <summary>Applies the rule to every value.</summary>
    /// <param name="values">Updated.</param>
    /// <param name="gradient">Read.</param>
    /// <param name="factors">
    /// What the gradient is multiplied with: 1 for survivors, 0 for the pruned; null for 1.
    /// </param>
    /// <param name="first">First state, updated; null for rules that have none.</param>
    /// <param name="second">Second state, updated; null for rules that have none.</param>
    internal static void Run<TRule>(
        ThreadTeam team, TRule rule, FloatBuffer values, FloatBuffer gradient, FloatBuffer? factors, FloatBuffer? first,
        FloatBuffer? second)
        where TRule : struct, IUpdateRule =>
        team.Run(
            new Work<TRule>
            {
                Rule = rule, Values = values.Pointer, Gradient = gradient.Pointer,
                Factors = factors is null ? null : factors.Pointer,
                First = first is null ? null : first.Pointer, Second = second is null ? null : second.Pointer,
                Length = values.Length,
            },
            (values.Length + ItemFloats - 1) / ItemFloats);

    private struct Work<TRule> : IRangeWork
        where TRule : struct, IUpdateRule
    {
        public TRule Rule;
        public float* Values, Gradient, Factors, First, Second;
        public int Length;

        public readonly void Run(int from, int to)
        {
            var start = from * ItemFloats;
            var end = Math.Min(to * ItemFloats, Length);
            var whole = end;
            switch (VectorWidth.Bits)
            {
                case 512: Lanes<Lanes512>(start, whole = start + ((end - start) / 16 * 16)); break;
                case 256: Lanes<Lanes256>(start, whole = start + ((end - start) / 8 * 8)); break;
                case 128: Lanes<Lanes128>(start, whole = start + ((end - start) / 4 * 4)); break;
                default: whole = start; break;
            }

            Lanes<Lanes1>(whole, end);
        }

        // Never inlined: inside a caller's code the JIT's budget for inlining runs out and the rule becomes calls.
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private readonly void Lanes<T>(int start, int end)
            where T : struct, ILanes<T>
        {
            var rule = Rule;
            for (var i = start; i < end; i += T.Width)
            {
                var w = T.Load(Values + i);
                var m = First is null ? T.Zero : T.Load(First + i);
                var v = Second is null ? T.Zero : T.Load(Second + i);
                var g = T.Load(Gradient + i);
                if (Factors is not null)
                    g *= T.Load(Factors + i);
                rule.Apply(ref w, g, ref m, ref v);
                T.Store(Values + i, w);
                if (First is not null)
                    T.Store(First + i, m);
                if (Second is not null)
                    T.Store(Second + i, v);
            }
        }
    }
}

using System.Runtime.Intrinsics;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Random;
using Tombola.Numerics.Threads;

namespace Tombola.Numerics.Lanewise;

/// <summary>Draws what each activation is multiplied with under inverted dropout.</summary>
/// <remarks>
/// Whether an activation is dropped is a function of the stream, its row and its example alone: neither the threads,
/// nor the batch, nor the padding, nor the vector width play a part.
/// </remarks>
internal static unsafe class DropoutFactors
{
    // Words drawn at a time: they stay in the first-level cache.
    private const int DrawnWords = 256;

    /// <summary>Writes 0 with probability <paramref name="rate"/>, else <c>1 / (1 − rate)</c>.</summary>
    /// <param name="factors">[rows, lanes], overwritten; padding lanes too.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="lanes">A multiple of 16.</param>
    /// <param name="rate">In [0, 1); rounded to a multiple of 2⁻³².</param>
    /// <param name="stream">Bits at position <c>row × 2³² + example</c> decide.</param>
    internal static void Run(
        ThreadTeam team, FloatBuffer factors, int rows, int lanes, double rate, RandomStream stream)
    {
        var work = new Work
        {
            Factors = factors.Pointer, Lanes = lanes, Stream = stream, Kept = (float)(1 / (1 - rate)),
            Threshold = (uint)Math.Min(uint.MaxValue, Math.Round(rate * 4294967296.0, MidpointRounding.ToEven)),
        };
        team.Run(work, rows);
    }

    private struct Work : IRangeWork
    {
        public float* Factors;
        public int Lanes;
        public RandomStream Stream;
        public uint Threshold;
        public float Kept;

        public readonly void Run(int from, int to)
        {
            Span<uint> words = stackalloc uint[DrawnWords];
            for (var row = from; row < to; row++)
            {
                for (var lane = 0; lane < Lanes; lane += DrawnWords)
                {
                    var drawn = words[..Math.Min(DrawnWords, Lanes - lane)];
                    Stream.FillBits(drawn, ((long)row << 32) + lane);
                    Choose(drawn, Factors + ((nint)row * Lanes) + lane);
                }
            }
        }

        private readonly void Choose(ReadOnlySpan<uint> words, float* factors)
        {
            var threshold = Vector256.Create(Threshold);
            var kept = Vector256.Create(Kept);
            for (var i = 0; i < words.Length; i += Vector256<uint>.Count)
            {
                var keep = Vector256.GreaterThanOrEqual(Vector256.Create(words[i..]), threshold).AsSingle();
                (keep & kept).Store(factors + i);
            }
        }
    }
}

using System.Runtime.CompilerServices;
using Tombola.Numerics.Threads;

namespace Tombola.Numerics.Convolution;

/// <summary>Adds up sums that were computed apart, in their order.</summary>
internal unsafe struct SpanSum : IRangeWork
{
    private const int ItemLength = 1024;

    /// <summary>[length], overwritten or added to.</summary>
    public float* Sums;

    /// <summary>[count, length].</summary>
    public float* Spans;
    public int Count, Length;

    /// <summary>Where the sums go, or null: to the same places.</summary>
    public int* Slots;

    /// <summary>Whether the present content of Sums is added to.</summary>
    public bool Accumulate;

    /// <summary>Adds on a team.</summary>
    internal readonly void Run(ThreadTeam team) => team.Run(this, (Length + ItemLength - 1) / ItemLength);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly void Run(int from, int to)
    {
        var end = Math.Min(Length, to * ItemLength);
        for (var i = from * ItemLength; i < end; i++)
        {
            var sum = Spans[i];
            for (var span = 1; span < Count; span++)
                sum += Spans[((nint)span * Length) + i];
            var place = Slots is null ? i : Slots[i];
            Sums[place] = Accumulate ? Sums[place] + sum : sum;
        }
    }
}

using System.Runtime.CompilerServices;
using Tombola.Numerics.Threads;

namespace Tombola.Numerics.Convolution;

/// <summary>Puts values into the order in which a pass reads them.</summary>
/// <remarks>A pass reads each value once a patch; to look its place up every time costs more.</remarks>
internal unsafe struct ValueGather : IRangeWork
{
    private const int ItemLength = 4096;

    /// <summary>[length], overwritten.</summary>
    public float* Gathered;

    /// <summary>Where the values are, and for each of the results its place there.</summary>
    public float* Values;
    public int* Slots;
    public int Length;

    /// <summary>Copies on a team.</summary>
    internal readonly void Run(ThreadTeam team) => team.Run(this, (Length + ItemLength - 1) / ItemLength);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly void Run(int from, int to)
    {
        var end = Math.Min(Length, to * ItemLength);
        for (var i = from * ItemLength; i < end; i++)
            Gathered[i] = Values[Slots[i]];
    }
}

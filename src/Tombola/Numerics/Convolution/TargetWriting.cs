using System.Runtime.CompilerServices;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Convolution;

/// <summary>What happens to sums on their way from a place of their own to the image.</summary>
/// <param name="Add">Whether they are added to what is there.</param>
/// <param name="Rectify">Whether ReLU follows.</param>
internal readonly unsafe record struct TargetWriting(bool Add, bool Rectify)
{
    /// <summary>Writes one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Store<T>(float* to, float* sums)
        where T : struct, ILanes<T>
    {
        var value = Add ? T.Load(to) + T.Load(sums) : T.Load(sums);
        T.Store(to, Rectify ? T.WherePositive(value, value) : value);
    }
}

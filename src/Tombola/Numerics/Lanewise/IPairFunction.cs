using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Lanewise;

/// <summary>A function of two numbers, written over lanes; see <see cref="Pairwise"/>.</summary>
internal interface IPairFunction
{
    /// <summary>Computes the function for each pair of lanes.</summary>
    static abstract T Apply<T>(T a, T b)
        where T : struct, ILanes<T>;
}

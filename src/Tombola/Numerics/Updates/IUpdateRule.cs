using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Updates;

/// <summary>The arithmetic of an optimizer on one vector of values.</summary>
/// <remarks>
/// Implementations mark <see cref="Apply"/> as AggressiveInlining: left to itself the JIT calls it, and with vectors
/// passed through memory Adam takes three times as long.
/// </remarks>
internal interface IUpdateRule
{
    /// <summary>Updates the values and the two states of each lane.</summary>
    /// <param name="w">Values, updated.</param>
    /// <param name="g">Their gradient.</param>
    /// <param name="m">First state, updated; zero for rules that have none.</param>
    /// <param name="v">Second state, updated; zero for rules that have none.</param>
    void Apply<T>(ref T w, T g, ref T m, ref T v)
        where T : struct, ILanes<T>;
}

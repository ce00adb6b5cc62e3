using System.Numerics;

namespace Tombola.Numerics.Vectors;

/// <summary>A vector of float32 lanes; a kernel written over it once serves every vector width.</summary>
/// <remarks>
/// The JIT specialises generic kernels for each struct, so the calls below become single instructions. Unaligned
/// addresses are allowed everywhere. A fused multiply-add rounds once where the machine has the instruction; without
/// it (no hardware intrinsics) the software path rounds the same way.
/// <para>
/// A loop over lanes is marked AggressiveOptimization and NoInlining: the JIT inlines only so much into one method, and
/// a kernel that is itself inlined, with all that calls it, leaves lanes to be added and multiplied by calls, several
/// times slower.
/// </para>
/// </remarks>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
internal unsafe interface ILanes<TSelf> :
    IAdditionOperators<TSelf, TSelf, TSelf>,
    ISubtractionOperators<TSelf, TSelf, TSelf>,
    IMultiplyOperators<TSelf, TSelf, TSelf>,
    IDivisionOperators<TSelf, TSelf, TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Number of lanes: 16, 8, 4 or 1.</summary>
    static abstract int Width { get; }

    /// <summary>All lanes zero.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>Reads <see cref="Width"/> floats.</summary>
    static abstract TSelf Load(float* address);

    /// <summary>Copies one number to all lanes.</summary>
    static abstract TSelf Broadcast(float value);

    /// <summary>Writes <see cref="Width"/> floats.</summary>
    static abstract void Store(float* address, TSelf value);

    /// <summary>Computes <c>a × b + c</c> with one rounding.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>Computes <c>a × b + c</c> with one rounding, where b is read from memory.</summary>
    /// <remarks>Written as one expression, it becomes one instruction, where a load of its own needs three.</remarks>
    static abstract TSelf MultiplyAdd(TSelf a, float* b, TSelf c);

    /// <summary>Computes the square root of each lane.</summary>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>Takes the larger of each pair of lanes.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>Takes <paramref name="value"/> where <paramref name="condition"/> is above zero, else zero.</summary>
    static abstract TSelf WherePositive(TSelf condition, TSelf value);

    /// <summary>Adds the lanes in a fixed tree order.</summary>
    static abstract float Sum(TSelf value);

    /// <summary>Sums the lanes of four vectors and writes the four sums, or adds them to what is there.</summary>
    static abstract void StoreSums(float* address, TSelf a, TSelf b, TSelf c, TSelf d, bool add);
}

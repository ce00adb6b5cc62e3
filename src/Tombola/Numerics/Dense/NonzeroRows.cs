using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Tombola.Numerics.Memory;

namespace Tombola.Numerics.Dense;

/// <summary>Finds which rows of a batch of inputs are not zero throughout.</summary>
/// <remarks>
/// Images have borders: of MNIST's 784 pixels some 250 are background in all 60 examples of a batch. Their terms are
/// zero, so a product may leave them out without changing a bit of the result (as long as the weights are finite).
/// Looking costs a few per cent of what that saves.
/// </remarks>
internal sealed unsafe class NonzeroRows : IDisposable
{
    // Below this saving the plain loop over consecutive rows is as good.
    private const double WorthwhileShare = 0.95;

    private int* _rows;
    private int _capacity;

    /// <summary>Frees a list that nobody disposed.</summary>
    ~NonzeroRows() => NativeMemory.Free(_rows);

    /// <summary>Number of rows found.</summary>
    internal int Count { get; private set; }

    /// <summary>The rows found, ascending.</summary>
    internal int* Pointer => _rows;

    /// <summary>Looks for them.</summary>
    /// <param name="x">[rows, lanes].</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="lanes">Floats of a row.</param>
    /// <returns>Whether so many rows are zero that going by the list pays.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal bool Find(FloatBuffer x, int rows, int lanes)
    {
        if (_capacity < rows)
        {
            _rows = (int*)NativeMemory.Realloc(_rows, (nuint)rows * sizeof(int));
            _capacity = rows;
        }

        var values = (uint*)x.Pointer;
        var count = 0;
        for (var row = 0; row < rows; row++)
        {
            _rows[count] = row;
            count += HasNonzero(values + ((nint)row * lanes), lanes) ? 1 : 0;
        }

        Count = count;
        return count < WorthwhileShare * rows;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasNonzero(uint* values, int lanes)
    {
        var bits = Vector256<uint>.Zero;
        for (var lane = 0; lane < lanes; lane += Vector256<uint>.Count)
            bits |= Vector256.Load(values + lane);
        return bits != Vector256<uint>.Zero;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_rows);
        _rows = null;
        _capacity = Count = 0;
        GC.SuppressFinalize(this);
    }
}

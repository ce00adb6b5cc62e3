using System.Runtime.InteropServices;

namespace Tombola.Numerics.Memory;

/// <summary>Holds float32 numbers at a 64-byte aligned address outside the managed heap.</summary>
/// <remarks>
/// The seam to other devices: only <c>Numerics</c> sees the address; everything above passes buffers to kernels and
/// reads or writes through <see cref="Span"/>. The length is rounded up to whole 64-byte lines, and the rounding is
/// part of the allocation, so a kernel may load a whole vector at the last element.
/// </remarks>
public sealed unsafe class FloatBuffer : IDisposable
{
    /// <summary>The alignment in bytes: a cache line, and the widest vector.</summary>
    public const int Alignment = 64;

    private const int FloatsPerLine = Alignment / sizeof(float);

    private float* _pointer;

    /// <summary>Allocates a buffer of zeros.</summary>
    /// <param name="length">Number of floats, zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    /// <exception cref="OutOfMemoryException">The machine has not that much memory.</exception>
    public FloatBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        var lines = Math.Max(1, ((long)length + FloatsPerLine - 1) / FloatsPerLine);
        Bytes = lines * Alignment;
        _pointer = (float*)NativeMemory.AlignedAlloc((nuint)Bytes, LargePages.AlignmentOf(Bytes, Alignment));
        LargePages.Advise(_pointer, Bytes);
        NativeMemory.Clear(_pointer, (nuint)Bytes);
        GC.AddMemoryPressure(Bytes);
    }

    /// <summary>Frees a buffer that nobody disposed.</summary>
    ~FloatBuffer() => Free();

    /// <summary>Number of floats.</summary>
    public int Length { get; }

    /// <summary>Size of the allocation in bytes, rounding included.</summary>
    public long Bytes { get; }

    /// <summary>The numbers, for reading and writing on the host.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public Span<float> Span => new(Pointer, Length);

    /// <summary>The address of the first number; valid while this object is reachable and not disposed.</summary>
    internal float* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_pointer is null, this);
            return _pointer;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_pointer is null)
            return;
        NativeMemory.AlignedFree(_pointer);
        _pointer = null;
        GC.RemoveMemoryPressure(Bytes);
    }
}

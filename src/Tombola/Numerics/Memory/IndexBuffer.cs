using System.Runtime.InteropServices;

namespace Tombola.Numerics.Memory;

/// <summary>Holds 32-bit indices outside the managed heap, where kernels reach them without pinning.</summary>
internal sealed unsafe class IndexBuffer : IDisposable
{
    private int* _pointer;

    /// <summary>Copies indices.</summary>
    /// <param name="indices">Any number.</param>
    internal IndexBuffer(ReadOnlySpan<int> indices)
    {
        Length = indices.Length;
        _pointer = (int*)NativeMemory.AlignedAlloc((nuint)(Math.Max(1, Length) * sizeof(int)), FloatBuffer.Alignment);
        indices.CopyTo(new Span<int>(_pointer, Length));
    }

    /// <summary>Frees a buffer that nobody disposed.</summary>
    ~IndexBuffer() => NativeMemory.AlignedFree(_pointer);

    /// <summary>Number of indices.</summary>
    internal int Length { get; }

    /// <summary>Size in bytes.</summary>
    internal long Bytes => (long)Length * sizeof(int);

    /// <summary>The address of the first; valid while this object is reachable and not disposed.</summary>
    internal int* Pointer => _pointer;

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_pointer);
        _pointer = null;
        GC.SuppressFinalize(this);
    }
}

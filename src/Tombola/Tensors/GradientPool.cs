using Tombola.Numerics.Memory;

namespace Tombola.Tensors;

/// <summary>Lends memory to the gradients of a tape's operations, which need it only for a moment each.</summary>
/// <remarks>
/// The gradient of an output comes into being when the operations that read the output run backwards, and nobody needs
/// it once the operation that made it has. A network has as many as it has layers, but two or three at a time: lent
/// again and again, the same memory serves them all and stays in the caches.
/// </remarks>
internal sealed class GradientPool : IDisposable
{
    private readonly Dictionary<int, Stack<FloatBuffer>> _free = [];

    /// <summary>Lends a buffer: the one given back last, because it is the likeliest to be in a cache.</summary>
    /// <param name="length">Number of floats.</param>
    /// <returns>A buffer whose content is unspecified but for its padding lanes, which are zero.</returns>
    internal FloatBuffer Rent(int length) =>
        _free.TryGetValue(length, out var free) && free.TryPop(out var buffer) ? buffer : new FloatBuffer(length);

    /// <summary>Takes a buffer back.</summary>
    internal void Return(FloatBuffer buffer)
    {
        if (!_free.TryGetValue(buffer.Length, out var free))
            _free.Add(buffer.Length, free = []);
        free.Push(buffer);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var buffer in _free.Values.SelectMany(free => free))
            buffer.Dispose();
        _free.Clear();
    }
}

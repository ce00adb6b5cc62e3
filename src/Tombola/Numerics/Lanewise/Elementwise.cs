using System.Numerics.Tensors;

namespace Tombola.Numerics.Lanewise;

/// <summary>Elementwise arithmetic that either overwrites its result or adds to it.</summary>
internal static class Elementwise
{
    private const int Block = 1024;

    /// <summary>Computes <c>result (+)= values</c>.</summary>
    internal static void Copy(Span<float> result, ReadOnlySpan<float> values, bool accumulate)
    {
        if (accumulate)
            TensorPrimitives.Add(result, values, result);
        else
            values.CopyTo(result);
    }

    /// <summary>Computes <c>result (+)= a × b</c>.</summary>
    internal static void Multiply(Span<float> result, ReadOnlySpan<float> a, ReadOnlySpan<float> b, bool accumulate)
    {
        if (accumulate)
            TensorPrimitives.MultiplyAdd(a, b, result, result);
        else
            TensorPrimitives.Multiply(a, b, result);
    }

    /// <summary>Computes <c>dx (+)= dy × (1 − y²)</c>, the gradient of tanh by its output.</summary>
    internal static void TanhGradient(Span<float> dx, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, bool accumulate)
    {
        Span<float> slope = stackalloc float[Block];
        for (var start = 0; start < y.Length; start += Block)
        {
            var count = Math.Min(Block, y.Length - start);
            var output = y.Slice(start, count);
            TensorPrimitives.Multiply(output, output, slope[..count]);
            TensorPrimitives.Subtract(1f, slope[..count], slope[..count]);
            Multiply(dx.Slice(start, count), slope[..count], dy.Slice(start, count), accumulate);
        }
    }

    /// <summary>Computes <c>dx (+)= dy × y × (1 − y)</c>, the gradient of the sigmoid by its output.</summary>
    internal static void SigmoidGradient(Span<float> dx, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, bool accumulate)
    {
        Span<float> slope = stackalloc float[Block];
        for (var start = 0; start < y.Length; start += Block)
        {
            var count = Math.Min(Block, y.Length - start);
            var output = y.Slice(start, count);
            TensorPrimitives.Subtract(1f, output, slope[..count]);
            TensorPrimitives.Multiply(slope[..count], output, slope[..count]);
            Multiply(dx.Slice(start, count), slope[..count], dy.Slice(start, count), accumulate);
        }
    }
}

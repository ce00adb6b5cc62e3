using System.Numerics.Tensors;
using Tombola.Numerics.Memory;

namespace Tombola.Numerics.Sparse;

/// <summary>A linear layer on one example, where the lanes of a batch would be empty but for one.</summary>
internal static unsafe class SingleExample
{
    /// <summary>Computes <c>y = w · x + bias</c> with compressed weights, input by input.</summary>
    /// <remarks>
    /// Going by inputs skips those that are zero, as most pixels of a drawing and half of the units behind a ReLU are.
    /// </remarks>
    /// <param name="pattern">Where the weights are.</param>
    /// <param name="w">The surviving weights.</param>
    /// <param name="bias">[outputs], or empty.</param>
    /// <param name="x">[inputs].</param>
    /// <param name="y">[outputs], overwritten.</param>
    internal static void Sparse(
        SparsePattern pattern, FloatBuffer w, ReadOnlySpan<float> bias, ReadOnlySpan<float> x, Span<float> y)
    {
        Start(bias, y);
        var rows = pattern.Transposed;
        var values = w.Pointer;
        fixed (float* sums = y)
        {
            for (var block = 0; block < rows.Blocks; block++)
            {
                var starts = rows.Starts + (block * (rows.Rows + 1));
                for (var input = 0; input < x.Length; input++)
                {
                    var factor = x[input];
                    if (factor == 0)
                        continue;
                    for (var k = starts[input]; k < starts[input + 1]; k++)
                        sums[rows.Columns[k]] += values[rows.Slots[k]] * factor;
                }
            }
        }
    }

    /// <summary>Computes <c>y = w · x + bias</c> with all weights, output by output.</summary>
    /// <param name="w">[outputs, inputs].</param>
    /// <param name="bias">[outputs], or empty.</param>
    /// <param name="x">[inputs].</param>
    /// <param name="y">[outputs], overwritten.</param>
    internal static void Dense(ReadOnlySpan<float> w, ReadOnlySpan<float> bias, ReadOnlySpan<float> x, Span<float> y)
    {
        Start(bias, y);
        for (var output = 0; output < y.Length; output++)
            y[output] += TensorPrimitives.Dot(w.Slice(output * x.Length, x.Length), x);
    }

    private static void Start(ReadOnlySpan<float> bias, Span<float> y)
    {
        if (bias.IsEmpty)
            y.Clear();
        else
            bias.CopyTo(y);
    }
}

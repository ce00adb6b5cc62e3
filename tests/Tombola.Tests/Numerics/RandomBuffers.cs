using Tombola.Numerics.Memory;
using Tombola.Numerics.Random;

namespace Tombola.Tests.Numerics;

/// <summary>Makes buffers of numbers for kernels to work on.</summary>
internal static class RandomBuffers
{
    /// <summary>Numbers uniform in [−1, 1), the same for the same name and length.</summary>
    public static FloatBuffer Create(int length, string name)
    {
        var buffer = new FloatBuffer(length);
        new RandomStream(new Seed(17), name, length).FillUniform(buffer.Span, -1, 1);
        return buffer;
    }

    /// <summary>The same, with a value of the caller's choice in every lane from <paramref name="batch"/> on.</summary>
    public static FloatBuffer CreatePadded(int rows, int lanes, int batch, string name, float padding)
    {
        var buffer = Create(rows * lanes, name);
        for (var row = 0; row < rows; row++)
            buffer.Span.Slice((row * lanes) + batch, lanes - batch).Fill(padding);
        return buffer;
    }
}

using Tombola.Numerics.Random;

namespace Tombola.Data.Digits;

/// <summary>Hands out the random numbers of one drawing in order.</summary>
/// <remarks>
/// Only additions and multiplications are applied to the bits, so the numbers are the same on every machine; the normal
/// numbers of <see cref="RandomStream"/> depend on the platform's logarithm.
/// </remarks>
internal ref struct RandomDraws
{
    // Four uniform numbers have variance 4/12.
    private const float BellScale = 1.7320508f;
    private const int BellTerms = 4;

    private readonly ReadOnlySpan<float> _numbers;
    private int _next;

    /// <summary>Hands out the given numbers.</summary>
    /// <param name="numbers">Uniform in [0, 1); belong to this object while it is used.</param>
    internal RandomDraws(ReadOnlySpan<float> numbers) => _numbers = numbers;

    /// <summary>Returns a number uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    /// <param name="low">The least value.</param>
    /// <param name="high">The bound above.</param>
    internal float Uniform(float low, float high) => low + ((high - low) * _numbers[_next++]);

    /// <summary>Returns an integer uniform in [0, <paramref name="bound"/>).</summary>
    /// <param name="bound">One or more, and small beside 2²⁴.</param>
    internal int Below(int bound) => (int)(bound * _numbers[_next++]);

    /// <summary>Returns a bell-shaped number: the sum of four uniform ones, never beyond 3.5 deviations.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="deviation">The standard deviation.</param>
    internal float Bell(float mean, float deviation)
    {
        var sum = 0f;
        for (var term = 0; term < BellTerms; term++)
            sum += _numbers[_next++];
        return mean + (deviation * BellScale * (sum - (BellTerms / 2f)));
    }
}

using System.Text;

namespace Tombola.Numerics.Random;

/// <summary>Addresses random numbers by name: (seed, purpose, index) and a position within the stream.</summary>
/// <remarks>
/// There is no generator state. The same address gives the same number on every machine, in any order and from any
/// thread; purposes such as <c>init/fc1.weight</c>, <c>data-order</c> or <c>dropout/1</c> keep components apart. The
/// numbers come from Philox4x32-10 keyed with a hash of seed and purpose; the index is the high half of the counter.
/// </remarks>
public readonly struct RandomStream : IEquatable<RandomStream>
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    // Words drawn at a time: they stay in the first-level cache.
    private const int DrawnWords = 256;

    private readonly ulong _key;
    private readonly ulong _index;

    /// <summary>Creates the stream with an address.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="purpose">What the numbers are for; case matters.</param>
    /// <param name="index">Which stream of that purpose: an epoch, a step, a draw.</param>
    public RandomStream(Seed seed, string purpose, long index = 0)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        var hash = FnvOffset;
        foreach (var character in Encoding.UTF8.GetBytes(purpose))
            hash = (hash ^ character) * FnvPrime;
        _key = Mix(hash ^ Mix(seed.Value + 0x9E3779B97F4A7C15));
        _index = unchecked((ulong)index);
    }

    private RandomStream(ulong key, ulong index)
    {
        _key = key;
        _index = index;
    }

    /// <summary>Returns the stream of the same seed and purpose with another index, without hashing again.</summary>
    /// <param name="index">Which stream of that purpose: an epoch, a step, a draw.</param>
    public RandomStream At(long index) => new(_key, unchecked((ulong)index));

    /// <summary>Returns the 32 random bits at a position.</summary>
    /// <param name="position">Zero or more.</param>
    public uint Bits(long position)
    {
        var words = Philox.Block((ulong)position >> 2, _index, _key);
        return (position & 3) switch { 0 => words.W0, 1 => words.W1, 2 => words.W2, _ => words.W3 };
    }

    /// <summary>Fills a span with the random bits from a position on.</summary>
    /// <param name="bits">Overwritten; entry i equals <c>Bits(position + i)</c>.</param>
    /// <param name="position">Zero or a positive multiple of 4.</param>
    /// <exception cref="ArgumentException">The position is no multiple of 4.</exception>
    public void FillBits(Span<uint> bits, long position)
    {
        if ((position & 3) != 0)
            throw new ArgumentException("The position must be a multiple of 4.", nameof(position));
        PhiloxBlocks.Fill(bits, (ulong)position >> 2, _index, _key);
    }

    /// <summary>Returns a number uniform in [0, 1) with 24 significant bits.</summary>
    /// <param name="position">Zero or more.</param>
    public float Uniform(long position) => ToUnit(Bits(position));

    /// <summary>Returns an integer uniform in [0, <paramref name="bound"/>).</summary>
    /// <remarks>Multiply-shift on 64 random bits: the bias is below 2⁻³² for any 32-bit bound.</remarks>
    /// <param name="bound">One or more.</param>
    /// <param name="position">Zero or more; positions of <c>Below</c> are their own sequence.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public int Below(int bound, long position)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var words = Philox.Block((ulong)position, _index, _key);
        var bits = ((ulong)words.W0 << 32) | words.W1;
        return (int)Math.BigMul(bits, (ulong)bound, out _);
    }

    /// <summary>Returns a number of the standard normal distribution.</summary>
    /// <remarks>Box–Muller in float64, two numbers a block, rounded to float32 at the end.</remarks>
    /// <param name="position">Zero or more; positions of <c>Normal</c> are their own sequence.</param>
    public float Normal(long position)
    {
        var words = Philox.Block((ulong)position >> 1, _index, _key);
        var (radius, angle) = Polar(words);
        return (float)(radius * ((position & 1) == 0 ? Math.Cos(angle) : Math.Sin(angle)));
    }

    /// <summary>Fills a span with numbers uniform from <paramref name="low"/> up to <paramref name="high"/>.</summary>
    /// <param name="values">Value i is <c>low + (high − low) × Uniform(i)</c>.</param>
    /// <param name="low">The least value.</param>
    /// <param name="high">The bound above; reached only where rounding to float32 brings a value there.</param>
    public void FillUniform(Span<float> values, float low, float high)
    {
        Span<uint> bits = stackalloc uint[DrawnWords];
        var range = high - low;
        for (var start = 0; start < values.Length; start += DrawnWords)
        {
            var target = values.Slice(start, Math.Min(DrawnWords, values.Length - start));
            FillBits(bits[..target.Length], start);
            for (var i = 0; i < target.Length; i++)
                target[i] = low + (range * ToUnit(bits[i]));
        }
    }

    /// <summary>Fills a span with numbers of a normal distribution of mean 0.</summary>
    /// <param name="values">Filled from position 0 on; value i equals <c>deviation × Normal(i)</c>.</param>
    /// <param name="deviation">The standard deviation.</param>
    public void FillNormal(Span<float> values, float deviation)
    {
        for (var i = 0; i < values.Length; i += 2)
        {
            var (radius, angle) = Polar(Philox.Block((ulong)i >> 1, _index, _key));
            var (sine, cosine) = Math.SinCos(angle);
            values[i] = deviation * (float)(radius * cosine);
            if (i + 1 < values.Length) values[i + 1] = deviation * (float)(radius * sine);
        }
    }

    /// <summary>Fills a span with numbers of a normal distribution of mean 0, drawn again beyond a bound.</summary>
    /// <param name="values">Each value has its own attempts, so none depends on how often another was redrawn.</param>
    /// <param name="deviation">The standard deviation before truncation.</param>
    /// <param name="bound">Values beyond ± <paramref name="bound"/> deviations are drawn again; more than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public void FillTruncatedNormal(Span<float> values, float deviation, float bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        for (var i = 0; i < values.Length; i++)
        {
            long attempt = i;
            var value = Normal(attempt);
            while (Math.Abs(value) > bound)
            {
                attempt += values.Length;
                value = Normal(attempt);
            }

            values[i] = deviation * value;
        }
    }

    /// <summary>Fills a span with a uniformly random permutation of 0 … length − 1 (Fisher–Yates).</summary>
    /// <param name="order">Overwritten.</param>
    public void FillPermutation(Span<int> order)
    {
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1, i);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    /// <inheritdoc/>
    public bool Equals(RandomStream other) => _key == other._key && _index == other._index;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RandomStream other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_key, _index);

    /// <summary>Tells whether two streams have the same address.</summary>
    public static bool operator ==(RandomStream left, RandomStream right) => left.Equals(right);

    /// <summary>Tells whether two streams have different addresses.</summary>
    public static bool operator !=(RandomStream left, RandomStream right) => !left.Equals(right);

    private static float ToUnit(uint bits) => (int)(bits >> 8) * (1f / (1 << 24));

    private static (double Radius, double Angle) Polar(Philox.Words words)
    {
        // The first is in (0, 1], so the logarithm is finite.
        var u = ((((ulong)words.W0 << 21) | (words.W1 >> 11)) + 1) * (1.0 / (1UL << 53));
        var v = (((ulong)words.W2 << 21) | (words.W3 >> 11)) * (1.0 / (1UL << 53));
        return (Math.Sqrt(-2 * Math.Log(u)), 2 * Math.PI * v);
    }

    // SplitMix64's finaliser (Steele, Lea and Flood 2014): spreads neighbouring seeds and names over all bits.
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

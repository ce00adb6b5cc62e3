namespace Tombola.Tests.Optim;

/// <summary>The weights and batches of the trajectories, computed as tests/fixtures/make_fixtures.py does.</summary>
internal static class HashedNumbers
{
    public static uint Hash(uint stream, int index)
    {
        var x = unchecked(((uint)index * 2654435761) + (stream * 40503) + 12345);
        x = unchecked((x ^ (x >> 16)) * 0x85EBCA6B);
        x = unchecked((x ^ (x >> 13)) * 0xC2B2AE35);
        return x ^ (x >> 16);
    }

    /// <summary>Multiples of 2^(scale − 15) in [−2^scale, 2^scale).</summary>
    public static float Symmetric(uint stream, int index, int scale) =>
        MathF.ScaleB((int)(Hash(stream, index) >> 16) - 32768, scale - 15);

    /// <summary>Half of them zero, the others multiples of 1/256 in [0, 1).</summary>
    public static float Pixel(uint stream, int index)
    {
        var bits = Hash(stream, index);
        return (bits & 1) == 0 ? 0 : (bits >> 24) / 256f;
    }

    public static int Label(uint stream, int index, int classes) => (int)((Hash(stream, index) >> 8) % (uint)classes);
}

namespace Tombola.Studio.Tickets;

/// <summary>Writes masks as bits: eight weights a byte, the first in the lowest bit.</summary>
internal static class MaskBits
{
    /// <summary>Packs a mask.</summary>
    /// <param name="survives">One entry a weight, in the order of its shape.</param>
    /// <returns>As few bytes as hold all; bits beyond the last weight are 0.</returns>
    internal static byte[] Pack(ReadOnlySpan<bool> survives)
    {
        var bits = new byte[(survives.Length + 7) / 8];
        for (var i = 0; i < survives.Length; i++)
        {
            if (survives[i])
                bits[i >> 3] |= (byte)(1 << (i & 7));
        }

        return bits;
    }
}

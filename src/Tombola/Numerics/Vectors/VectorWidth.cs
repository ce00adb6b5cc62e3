using System.Runtime.Intrinsics;

namespace Tombola.Numerics.Vectors;

/// <summary>Tells which vector width this process uses.</summary>
/// <remarks>
/// Every batch is padded to <see cref="Pad"/> lanes whatever the width, so shapes and results of reductions do not
/// depend on it.
/// </remarks>
public static class VectorWidth
{
    /// <summary>The unit to which batches are padded: the lanes of the widest vector.</summary>
    public const int Pad = 16;

    /// <summary>512, 256 or 128 bits, or 32 where no vector instructions are to be had.</summary>
    public static int Bits =>
        Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 32;

    /// <summary>Rounds a batch size up to whole groups of <see cref="Pad"/> lanes.</summary>
    /// <param name="batch">Zero or more examples.</param>
    /// <returns>The number of lanes with which the batch is stored.</returns>
    public static int Padded(int batch) => (batch + Pad - 1) / Pad * Pad;
}

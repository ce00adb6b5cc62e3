using System.Runtime.InteropServices;

namespace Tombola.Numerics.Memory;

/// <summary>Asks the operating system to back large buffers with large pages.</summary>
/// <remarks>
/// Kernels over images walk many channels at once, each in pages of its own; with pages of 4 KB the processor spends
/// much of its time looking addresses up. Linux gives pages of 2 MB to those who ask. Elsewhere, and where it declines,
/// nothing changes.
/// </remarks>
internal static unsafe partial class LargePages
{
    private const long PageBytes = 2 << 20;
    private const int AdviceHugePage = 14;

    /// <summary>The alignment that a buffer of some size should have, in bytes.</summary>
    internal static nuint AlignmentOf(long bytes, int least) =>
        Applies(bytes) ? (nuint)PageBytes : (nuint)least;

    /// <summary>Asks for a buffer that was just allocated and not yet touched.</summary>
    internal static void Advise(void* address, long bytes)
    {
        if (Applies(bytes))
            _ = AdviseMemory(address, (nuint)bytes, AdviceHugePage);
    }

    private static bool Applies(long bytes) => bytes >= PageBytes && OperatingSystem.IsLinux();

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int AdviseMemory(void* address, nuint length, int advice);
}

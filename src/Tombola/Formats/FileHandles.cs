namespace Tombola.Formats;

/// <summary>Tells failures of the machine to open any file from failures to open a certain one.</summary>
internal static class FileHandles
{
    // The numbers of the operating system; Windows has none such.
    private const int MachineHasNone = 23;
    private const int ProcessHasNone = 24;

    /// <summary>Tells whether no file can be opened now, which says nothing of the one that was tried.</summary>
    internal static bool AreExhausted(Exception failure) =>
        !OperatingSystem.IsWindows() && failure is IOException { HResult: MachineHasNone or ProcessHasNone };
}

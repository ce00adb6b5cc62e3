using System.Globalization;

namespace Tombola.Experiments;

/// <summary>Tells a process from all others, those on other machines and those before a restart included.</summary>
/// <param name="Machine">
/// The machine's start and the space of process numbers; empty where the system does not tell.
/// </param>
/// <param name="Number">The process.</param>
/// <param name="Start">When it started, in the system's count since its own start: numbers are used again.</param>
internal sealed record ProcessMark(string Machine, int Number, long Start)
{
    private const int StartField = 19;
    private const int NoSuchProcess = 3;

    /// <summary>Returns the mark of this process.</summary>
    internal static ProcessMark Current()
    {
        var number = Environment.ProcessId;
        return Read(number) is { } found
            ? new ProcessMark(MachineOf(), number, found.Start)
            : new ProcessMark("", number, 0);
    }

    /// <summary>Tells whether a process has certainly ended: only of those on this machine can that be known.</summary>
    internal bool HasEnded()
    {
        if (string.IsNullOrEmpty(Machine) || Machine != MachineOf())
            return false;
        try
        {
            return Read(Number) is { } found && (found.Start != Start || found.State is "Z" or "X");
        }
        catch (IOException exception)
        {
            // That there is no such process is an answer; that no file can be opened just now is none.
            return exception is FileNotFoundException or DirectoryNotFoundException
                || exception.HResult == NoSuchProcess;
        }
    }

    private static string MachineOf()
    {
        try
        {
            var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            // Containers on one machine number their processes apart.
            var space = new FileInfo("/proc/self/ns/pid").LinkTarget;
            return space is null ? "" : $"{boot} {space}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Reads what the system says of a process; null where it says it in another form.</summary>
    private static (string State, long Start)? Read(int number)
    {
        var path = FormattableString.Invariant($"/proc/{number}/stat");
        if (!Directory.Exists("/proc/self"))
            return null;
        var text = File.ReadAllText(path);
        // The second field is the program's name in brackets, which may hold anything.
        string[] fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > StartField
            && long.TryParse(fields[StartField], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? (fields[0], start)
            : null;
    }
}

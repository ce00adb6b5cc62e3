using System.ComponentModel;
using System.Diagnostics;

namespace Tombola.Experiments.Batch;

/// <summary>Runs one of Slurm's commands.</summary>
internal static class SlurmCommand
{
    private const string Complaint = "error: ";

    private static readonly string[] SignsOfSilence =
        ["Unable to contact", "Socket timed out", "Connection refused", "Zero Bytes", "Communication connection"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs a command to its end.</summary>
    /// <param name="program">The program, found on the path.</param>
    /// <param name="arguments">Handed over as they are, through no shell.</param>
    /// <param name="explain">Says in the user's words what a complaint means; null where it cannot.</param>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="InputException">There is no such program, or it refuses what it was asked.</exception>
    /// <exception cref="IOException">Slurm does not answer.</exception>
    internal static string Run(
        string program, IEnumerable<string> arguments, Func<string, string?>? explain = null)
    {
        using var process = Start(program, arguments);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            throw new IOException($"{program} did not answer within a minute.");
        }

        if (process.ExitCode == 0)
            return output.Result;
        var complaint = FirstComplaint(error.Result);
        throw IsSilence(error.Result)
            ? new IOException($"{program}: Slurm does not answer ({complaint}).")
            : new InputException(explain?.Invoke(complaint)
                ?? $"{program} refuses: {complaint}. Change the --slurm- options, or ask who runs the cluster.");
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // Preferences of the user's own terminal, which would filter or change what is asked for.
        foreach (var name in info.Environment.Keys.Where(IsPreference).ToArray())
            info.Environment.Remove(name);
        try
        {
            return Process.Start(info)!;
        }
        catch (Win32Exception exception)
        {
            throw new InputException(
                $"--executor slurm: '{program}' cannot be started ({exception.Message}). Run it where Slurm's commands "
                + "are on the path, such as a login node of the cluster.", exception);
        }
    }

    private static bool IsPreference(string name) =>
        name.StartsWith("SQUEUE_", StringComparison.Ordinal) || name.StartsWith("SCANCEL_", StringComparison.Ordinal);

    private static string FirstComplaint(string error)
    {
        var line = error.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(text => text.Length > 0);
        if (line is null)
            return "no reason given";
        var start = line.IndexOf(Complaint, StringComparison.Ordinal);
        return (start < 0 ? line : line[(start + Complaint.Length)..]).Trim().TrimEnd('.');
    }

    private static bool IsSilence(string error) =>
        SignsOfSilence.Any(sign => error.Contains(sign, StringComparison.OrdinalIgnoreCase));
}

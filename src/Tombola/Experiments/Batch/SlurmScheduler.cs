using System.Globalization;

namespace Tombola.Experiments.Batch;

/// <summary>Slurm, through its commands <c>sbatch</c>, <c>squeue</c> and <c>scancel</c>.</summary>
/// <remarks>Jobs are arrays; the token stands in their comment. Nothing reaches a shell unquoted.</remarks>
/// <param name="options">What jobs ask of the cluster.</param>
public sealed class SlurmScheduler(BatchOptions options) : IBatchScheduler
{
    internal const string RegisteredName = "slurm";

    // Array job, number, state, token, reason.
    private const string Format = "%F|%K|%T|%k|%r";
    private const int Fields = 5;

    /// <inheritdoc/>
    public string Name => RegisteredName;

    /// <inheritdoc/>
    public string Submit(BatchJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        var script = Path.Combine(job.Folder, job.Token + ".sh");
        File.WriteAllText(script, SlurmScript.Of(job, options.Retries));
        var answer = SlurmCommand.Run("sbatch", [.. ArgumentsOf(job), script], line => Explain(line, options));
        return answer.Trim().Split(';')[0] is { Length: > 0 } id && id.All(char.IsAsciiDigit)
            ? id
            : throw new IOException($"sbatch: expected the number of a job, got '{answer.Trim()}'.");
    }

    /// <inheritdoc/>
    public IReadOnlyList<BatchTask> Tasks(string name)
    {
        var answer = SlurmCommand.Run(
            "squeue", ["--noheader", "--array", "--states=all", $"--name={name}", $"--format={Format}"]);
        return [.. answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse).OfType<BatchTask>()];
    }

    /// <inheritdoc/>
    public void Cancel(IReadOnlyList<string> jobs)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        if (jobs.Count > 0)
            SlurmCommand.Run("scancel", ["--quiet", .. jobs]);
    }

    /// <summary>Returns the arguments of <c>sbatch</c> for a job, the script left out.</summary>
    internal IReadOnlyList<string> ArgumentsOf(BatchJob job)
    {
        var most = options.MaxJobs is { } limit ? FormattableString.Invariant($"%{limit}") : "";
        List<string> arguments =
        [
            "--parsable", $"--job-name={job.Name}", $"--comment={job.Token}",
            FormattableString.Invariant($"--array=0-{job.Count - 1}{most}"),
            // Failed tasks are queued again by the script, lost ones by Slurm; both write on in the same file.
            "--requeue", "--open-mode=append", FormattableString.Invariant($"--signal=B:USR1@{SlurmScript.Warning}"),
            $"--output={Escaped(Path.Combine(job.Folder, job.Token))}-%a.log",
            FormattableString.Invariant($"--cpus-per-task={options.Cpus}"),
        ];
        if (job.After.Count > 0)
        {
            arguments.Add($"--dependency={string.Join(',', job.After.Select(Dependency))}");
            arguments.Add("--kill-on-invalid-dep=yes");
        }

        if (options.Partition is not null)
            arguments.Add($"--partition={options.Partition}");
        if (options.Time is not null)
            arguments.Add($"--time={options.Time}");
        if (options.Memory is not null)
            arguments.Add($"--mem={options.Memory}");
        return [.. arguments, .. options.Arguments];
    }

    /// <summary>Reads a line of <c>squeue</c>; null where it is of no task of ours.</summary>
    internal static BatchTask? Parse(string line)
    {
        var fields = line.TrimEnd().Split('|', Fields);
        if (fields.Length != Fields
            || !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var (condition, words) = (ConditionOf(fields[2], fields[4]), fields[4] is "None" or ""
            ? fields[2]
            : $"{fields[2]}, {fields[4]}");
        return new BatchTask(fields[3], fields[0], number, condition, condition == BatchCondition.Held
            ? FormattableString.Invariant($"{words}; 'scontrol release {fields[0]}_{number}' lets it go")
            : words);
    }

    private static BatchCondition ConditionOf(string state, string reason) => state switch
    {
        "PENDING" when reason == "DependencyNeverSatisfied" => BatchCondition.Cancelled,
        "PENDING" or "REQUEUE_HOLD" or "SPECIAL_EXIT" when state != "PENDING"
            || reason.Contains("held", StringComparison.OrdinalIgnoreCase) => BatchCondition.Held,
        "PENDING" or "CONFIGURING" or "REQUEUED" or "REQUEUE_FED" or "RESV_DEL_HOLD" => BatchCondition.Queued,
        "RUNNING" or "COMPLETING" or "SUSPENDED" or "STOPPED" or "SIGNALING" or "STAGE_OUT" or "RESIZING"
            => BatchCondition.Running,
        "CANCELLED" => BatchCondition.Cancelled,
        _ => BatchCondition.Ended,
    };

    private static string Dependency(BatchDependency after) =>
        after.Corresponding ? $"aftercorr:{after.Job}"
        : after.Task is { } task ? FormattableString.Invariant($"afterany:{after.Job}_{task}")
        : $"afterany:{after.Job}";

    // In file names Slurm replaces what follows a percent sign.
    private static string Escaped(string path) => path.Replace("%", "%%", StringComparison.Ordinal);

    private static string? Explain(string line, BatchOptions options) =>
        line.Contains("partition", StringComparison.OrdinalIgnoreCase) && options.Partition is { } partition
            ? $"--slurm-partition {partition}: the cluster has no such partition for you; 'sinfo' lists them ({line})."
            : null;
}

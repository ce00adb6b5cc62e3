using System.Diagnostics;
using Tombola.Experiments.Batch;

namespace Tombola.Tests.Experiments.Batch;

/// <summary>Runs the script of a job under a shell, with a scontrol that only writes down what it is asked.</summary>
public sealed class SlurmScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private string _answer = "exit 0";

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Every_word_of_the_command_arrives_as_it_stands()
    {
        string[] words = ["it's", "$(touch pwned)", "a b", "`x`", "\"q\"", "\\", "*", "ünï · ✓", ""];
        Run("printf '%s|' \"$@\" > words", words).ExitCode.ShouldBe(0);
        File.ReadAllText(_folder["words"]).ShouldBe(string.Concat(words.Select(word => word + "|")) + "--task|5|");
        File.Exists(_folder["pwned"]).ShouldBeFalse();
    }

    [SkippableTheory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(1, 2)]
    [InlineData(137, 2)]
    public void A_failure_is_queued_again_as_often_as_allowed(int code, int requeues)
    {
        for (var attempt = 0; attempt < 4; attempt++)
            Run($"exit {code}").ExitCode.ShouldBe(code);
        Requeues().ShouldBe(requeues);
    }

    [SkippableFact]
    public void A_controller_that_does_not_answer_is_asked_again()
    {
        _answer = "[ \"$(wc -l < \"$ASKED\")\" -ge 3 ]";
        Run("exit 1").ExitCode.ShouldBe(1);
        Requeues().ShouldBe(3);
    }

    [SkippableFact]
    public void When_the_time_is_nearly_up_the_command_is_told_and_queued_again_however_often()
    {
        for (var attempt = 0; attempt < 3; attempt++)
            Run("trap 'exit 130' TERM; kill -USR1 \"$PPID\"; while :; do sleep 0.02; done").ExitCode.ShouldBe(130);
        Requeues().ShouldBe(3);
    }

    [SkippableFact]
    public void What_the_scheduler_ends_is_not_queued_again()
    {
        Run("trap 'exit 130' TERM; kill -TERM \"$PPID\"; kill -TERM $$; sleep 5").ExitCode.ShouldNotBe(0);
        Requeues().ShouldBe(0);
    }

    [SkippableFact]
    public void A_signal_does_not_cut_the_command_short()
    {
        Run("kill -TERM \"$PPID\"; sleep 0.2; touch finished").ExitCode.ShouldBe(0);
        File.Exists(_folder["finished"]).ShouldBeTrue();
    }

    private int Requeues() => File.Exists(_folder["asked"])
        ? File.ReadLines(_folder["asked"]).Count(line => line == "requeue 17_5")
        : 0;

    /// <summary>Runs the script with a command of a few lines, which is given the words.</summary>
    private (int ExitCode, string Error) Run(string command, params string[] words)
    {
        Skip.If(OperatingSystem.IsWindows(), "There is no Slurm on Windows.");
        Executable("scontrol", $"echo \"$@\" >> \"$ASKED\"; {_answer}");
        // The script waits for its end 60 seconds, and 5 before it asks again.
        Executable("sleep", "[ \"$1\" = 60 ] || [ \"$1\" = 5 ] || exec /bin/sleep \"$@\"");
        Executable("command", command);
        var job = new BatchJob("name", "it's", _folder.Path, 1, [_folder["command"], .. words], []);
        File.WriteAllText(_folder["script"], SlurmScript.Of(job, retries: 2));
        var info = new ProcessStartInfo("bash", [_folder["script"]])
        {
            WorkingDirectory = _folder.Path, RedirectStandardError = true, RedirectStandardOutput = true,
        };
        info.Environment["PATH"] = $"{_folder.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        info.Environment["ASKED"] = _folder["asked"];
        info.Environment["SLURM_ARRAY_JOB_ID"] = "17";
        info.Environment["SLURM_ARRAY_TASK_ID"] = "5";
        using var process = Process.Start(info)!;
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(60)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException("The script did not end.");
        }

        return (process.ExitCode, error.Result);
    }

    private void Executable(string name, string lines)
    {
        File.WriteAllText(_folder[name], "#!/bin/bash\n" + lines + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder[name], (UnixFileMode)0b111_101_101);
    }
}

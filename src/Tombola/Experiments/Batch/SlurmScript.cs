using System.Globalization;

namespace Tombola.Experiments.Batch;

/// <summary>The script that Slurm starts for each task of a job.</summary>
internal static class SlurmScript
{
    /// <summary>Seconds before the end of a task's time at which Slurm warns it, so that it keeps its state.</summary>
    internal const int Warning = 120;

    // A task that Slurm ends (a cancellation, a preemption) is told so together with the script and must not be queued
    // again by it. USR1 goes to the script alone: the time is nearly up.
    private const string Text = """
        #!/bin/bash
        # Written by 'tombola run --executor slurm'; computes one stage of a run.
        failures=@FAILURES@-"$SLURM_ARRAY_TASK_ID".failures
        child= warned=0 told=0 ended=0
        tell() {
          warned=1
          # Once: a second signal would end the command without its state kept.
          if [ -n "$child" ] && [ "$told" -eq 0 ]; then told=1; kill -TERM "$child" 2> /dev/null; fi
        }
        trap tell USR1
        trap 'ended=1' TERM INT
        @COMMAND@ --task "$SLURM_ARRAY_TASK_ID" &
        child=$!
        [ "$warned" -eq 0 ] || tell
        while :; do
          wait "$child"
          code=$?
          # A signal to this script ends the wait and not the command.
          { [ "$code" -gt 128 ] && kill -0 "$child" 2> /dev/null; } || break
        done

        # 0: the stage is in the store. 2: another attempt would come to the same.
        if [ "$code" -eq 0 ] || [ "$code" -eq 2 ] || [ "$ended" -eq 1 ]; then
          exit "$code"
        fi

        # Out of time with its state kept, which may go on as often as it takes; or a failure, which counts.
        again=1
        if [ "$warned" -eq 0 ] || [ "$code" -ne 130 ]; then
          echo "$code" >> "$failures"
          [ "$(wc -l < "$failures")" -le @RETRIES@ ] || again=0
        fi
        if [ "$again" -eq 1 ]; then
          echo "Exit code $code: queued again."
          # A controller that is busy, as after the loss of a node, is asked again.
          for _ in 1 2 3 4 5 6; do
            scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID" && { sleep 60; break; }
            [ "$ended" -eq 0 ] && sleep 5
          done
        fi
        exit "$code"

        """;

    /// <summary>Writes the script of a job.</summary>
    /// <param name="job">The job; every word of its command is quoted.</param>
    /// <param name="retries">How often a task that failed is queued again.</param>
    internal static string Of(BatchJob job, int retries) => Text
        .Replace("@RETRIES@", retries.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("@FAILURES@", Quoted(Path.Combine(job.Folder, job.Token)), StringComparison.Ordinal)
        .Replace("@COMMAND@", string.Join(' ', job.Command.Select(Quoted)), StringComparison.Ordinal);

    /// <summary>Quotes a word for a POSIX shell, which then takes every character as it stands.</summary>
    internal static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

using System.Diagnostics;
using System.Globalization;

namespace Tombola.Faults;

/// <summary>Takes from a run what it needs of the machine, and gives it back.</summary>
public sealed class StoreTests
{
    private const string NoMounts = "Only root may mount a file system here.";

    [SkippableFact]
    public void A_full_disk_ends_a_run_with_a_clear_line_and_the_same_command_goes_on_when_there_is_room()
    {
        using var bench = new Bench(seed: 4, steps: 1_500);
        bench.Run("whole").ExitCode.ShouldBe(0);
        // Room for about two of ten trainings and their checkpoints.
        using var disk = Mount.TryCreate(bench["small"], "1m");
        Skip.If(disk is null, NoMounts);
        var full = bench.Run("small");
        full.ExitCode.ShouldBe(1, full.Error);
        full.Error.ShouldContain("No space left on device");
        full.Error.ShouldNotContain("internal error");
        disk.Change("size=64m");
        var roomy = bench.Run("small");
        roomy.ExitCode.ShouldBe(0, roomy.Error);
        bench.ShouldBeTheSame("small", "whole");
        bench.ShouldBeClean("small");
    }

    [SkippableFact]
    public void A_checkpoint_that_finds_no_room_costs_a_line_and_not_the_training()
    {
        // One long training that keeps nothing on its way, so that nothing else is written while there is no room.
        string[] alone = ["--trials", "1", "--levels", "0", "--set", "rewind-step=0"];
        using var bench = new Bench(seed: 5, steps: 120_000);
        bench.Run("whole", alone).ExitCode.ShouldBe(0);
        using var disk = Mount.TryCreate(bench["small"], "64m");
        Skip.If(disk is null, NoMounts);
        var lines = new List<string>();
        using var process = bench.Launch("small", lines, alone);
        Bench.Until(() => bench.HasCheckpoint("small"), "the first checkpoint");
        var filler = bench["small", "filler"];
        Bench.Until(
            () =>
            {
                Fill(filler); // Again and again: each checkpoint makes room for the next when it removes an old one.
                return process.HasExited || Contains(lines, "could not be kept");
            },
            "a checkpoint that finds no room");
        File.Delete(filler);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, string.Join('\n', lines));
        bench.ShouldBeTheSame("small", "whole");
        bench.ShouldBeClean("small");
    }

    [SkippableFact]
    public void A_store_that_may_not_be_written_is_refused_for_runs_and_read_by_everything_else()
    {
        using var bench = new Bench(seed: 6, steps: 1_000);
        using var disk = Mount.TryCreate(bench["locked"], "64m");
        Skip.If(disk is null, NoMounts);
        bench.Run("locked").ExitCode.ShouldBe(0);
        disk.Change("ro");
        var refused = bench.Run("locked");
        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("cannot be written");
        refused.Error.ShouldContain("--out");
        foreach (var arguments in new string[][]
        {
            ["list", "runs"], ["runs", "list"], ["runs", "show", "small"], ["runs", "verify"], ["show", "small"],
            ["runs", "gc", "--dry-run"],
        })
        {
            var read = Cli.Run(bench.Folder, [.. arguments, "--out", "locked"]);
            read.ExitCode.ShouldBe(0, string.Join(' ', arguments) + read.Error);
        }

        disk.Change("rw");
        bench.Run("locked").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void A_file_where_the_store_should_be_is_refused()
    {
        using var bench = new Bench(seed: 7);
        File.WriteAllText(bench["file"], "");
        var refused = bench.Run("file");
        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("cannot be written");
    }

    [SkippableFact]
    public void Without_file_handles_a_run_ends_with_a_clear_line_and_loses_nothing()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/usr/bin/prlimit"), "prlimit takes file handles away.");
        using var bench = new Bench(seed: 8, steps: 3_000);
        bench.Run("whole").ExitCode.ShouldBe(0);
        var lines = new List<string>();
        using (var process = bench.Launch("few", lines))
        {
            Bench.Until(() => Contains(lines, "[1/"), "the first training");
            Limit(process, "1");
            process.WaitForExit();
            process.ExitCode.ShouldBe(1, string.Join('\n', lines));
            Contains(lines, "Too many open files").ShouldBeTrue(string.Join('\n', lines));
            Contains(lines, "internal error").ShouldBeFalse(string.Join('\n', lines));
        }

        var again = bench.Run("few");
        again.ExitCode.ShouldBe(0, again.Error);
        bench.ShouldBeTheSame("few", "whole");
        bench.ShouldBeClean("few");
    }

    [Fact]
    public void Files_from_a_clock_that_went_back_or_ran_ahead_make_no_difference()
    {
        using var bench = new Bench(seed: 9);
        bench.Run("whole").ExitCode.ShouldBe(0);
        foreach (var year in new[] { 1980, 2099 })
        {
            var store = year.ToString(CultureInfo.InvariantCulture);
            using (var process = bench.Launch(store))
            {
                Bench.Until(() => bench.HasCheckpoint(store), "the first checkpoint");
                process.Kill();
                process.WaitForExit();
            }

            foreach (var path in Directory.EnumerateFileSystemEntries(bench[store], "*", SearchOption.AllDirectories))
                File.SetLastWriteTimeUtc(path, new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            var again = bench.Run(store);
            again.ExitCode.ShouldBe(0, again.Error);
            bench.ShouldBeTheSame(store, "whole");
            bench.ShouldBeClean(store);
        }
    }

    private static void Limit(Process process, string handles) =>
        Cli.Start("prlimit", "/", "--pid", $"{process.Id}", $"--nofile={handles}:").ExitCode.ShouldBe(0);

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 1);
        try
        {
            for (var block = new byte[1 << 12]; ;)
                file.Write(block);
        }
        catch (IOException)
        {
            // That was the aim.
        }
    }

    private static bool Contains(List<string> lines, string text)
    {
        lock (lines)
            return lines.Any(line => line.Contains(text, StringComparison.Ordinal));
    }
}

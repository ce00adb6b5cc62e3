using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Tombola.Faults;

/// <summary>Lets several processes work on one store while they are killed at random.</summary>
/// <param name="output">Told how many kills met what.</param>
public sealed partial class ShareTests(ITestOutputHelper output)
{
    private static readonly string[] OwnNumbers = ["--pid", "--fork", "--mount-proc", "--kill-child"];

    [Fact]
    public void Processes_killed_at_random_share_a_store_and_compute_nothing_twice()
    {
        using var bench = new Bench(seed: 2);
        var (processes, most) = (Effort.Of(quick: 3, @long: 8), Effort.Of(quick: 2, @long: 100));
        Share(bench, processes, most, (store, lines) => bench.Launch(store, lines));
    }

    /// <summary>
    /// Processes that number processes each for itself cannot know who of the others has ended, as on other machines.
    /// </summary>
    [SkippableFact]
    public void Processes_that_cannot_see_each_other_take_over_when_a_lease_expires()
    {
        Skip.IfNot(
            OperatingSystem.IsLinux() && Environment.UserName == "root"
            && Cli.Start("unshare", "/", [.. OwnNumbers, "true"]).ExitCode == 0,
            "Only root may give processes numbers of their own here.");
        using var bench = new Bench(seed: 3);
        var (processes, most) = (Effort.Of(quick: 2, @long: 8), Effort.Of(quick: 1, @long: 20));
        Share(bench, processes, most, (store, lines) => Bench.Listen(
            Cli.Launch("unshare", bench.Folder,
            [
                .. OwnNumbers, "dotnet", Cli.Path, .. bench.Arguments, "--out", store, "--take-over-after", "2",
            ]), lines));
    }

    [SkippableFact]
    public void A_process_that_stood_still_is_succeeded_and_content_with_what_the_other_did()
    {
        Skip.If(OperatingSystem.IsWindows(), "Processes are stopped by a signal.");
        using var bench = new Bench(seed: 10);
        bench.Run("whole").ExitCode.ShouldBe(0);
        var lines = new List<string>();
        using var slow = bench.Launch("shared", lines);
        Bench.Until(() => bench.HasCheckpoint("shared"), "the first checkpoint");
        Cli.Start("kill", "/", "-STOP", $"{slow.Id}").ExitCode.ShouldBe(0);
        var quick = bench.Run("shared", "--take-over-after", "1");
        Cli.Start("kill", "/", "-CONT", $"{slow.Id}").ExitCode.ShouldBe(0);
        quick.ExitCode.ShouldBe(0, quick.Error);
        quick.Error.ShouldContain("works on this store too");
        slow.WaitForExit();
        slow.ExitCode.ShouldBe(0, string.Join('\n', lines));
        bench.ShouldBeTheSame("shared", "whole");
        bench.ShouldBeClean("shared");
    }

    private void Share(Bench bench, int processes, int most, Func<string, List<string>, Process> launch)
    {
        bench.Run("whole").ExitCode.ShouldBe(0);
        var (kills, atWork, round) = (0, 0, 0);
        for (; kills < most; round++)
        {
            var store = $"shared-{round}";
            var lines = new List<string>();
            var running = Enumerable.Range(0, processes).Select(_ => launch(store, lines)).ToList();
            var time = Stopwatch.StartNew();
            while (running.Count > 0)
            {
                time.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(8), string.Join('\n', lines));
                Thread.Sleep(bench.Milliseconds(100, 800));
                foreach (var ended in running.Where(process => process.HasExited).ToArray())
                {
                    ended.WaitForExit();
                    ended.ExitCode.ShouldBe(0, string.Join('\n', lines));
                    ended.Dispose();
                    running.Remove(ended);
                }

                if (kills >= most || running.Count == 0)
                    continue;
                var victim = bench.Choice(running.Count);
                running[victim].Kill();
                running[victim].WaitForExit();
                running[victim].Dispose();
                running[victim] = launch(store, lines);
                kills++;
                atWork += bench.IsAtWork(store) ? 1 : 0;
            }

            bench.ShouldBeTheSame(store, "whole");
            bench.ShouldBeClean(store);
            ComputedIn(lines).Count().ShouldBeGreaterThan(3, "else nothing was told of what was computed");
            ComputedIn(lines).GroupBy(label => label).Where(group => group.Count() > 1).Select(group => group.Key)
                .ShouldBeEmpty(string.Join('\n', lines));
            Directory.Delete(bench[store], recursive: true);
        }

        output.WriteLine($"{processes} processes, {kills} kills, {atWork} with trainings under way, {round} runs");
    }

    private static IEnumerable<string> ComputedIn(IEnumerable<string> lines) =>
        lines.Select(line => Computed().Match(line)).Where(match => match.Success)
            .Select(match => match.Groups["label"].Value);

    [GeneratedRegex(@"^\[\d+/\d+\] (?<label>.*): test [\d.]+ ?%")]
    private static partial Regex Computed();
}

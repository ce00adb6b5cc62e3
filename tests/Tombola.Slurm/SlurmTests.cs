using System.Diagnostics;
using System.Text.Json;
using Tombola.Faults;
using Xunit.Abstractions;

namespace Tombola.Slurm;

/// <summary>Runs of the built command through a real Slurm of two nodes.</summary>
/// <param name="cluster">Shared by the tests.</param>
/// <param name="output">Told how long it took.</param>
public sealed class SlurmTests(SlurmCluster cluster, ITestOutputHelper output) : IClassFixture<SlurmCluster>
{
    private const int Stages = 20;
    private const int Jobs = 7;

    private const string Digits = """
        name: small
        trials: 2
        levels: 3
        data:
          name: digits
          validation: 1000
        model:
          name: lenet-300-100
        controls:
          - name: random-reinit
        """;

    private static readonly string[] OnSlurm = ["--executor", "slurm", "--slurm-poll", "1"];

    [SkippableFact]
    public void A_node_a_job_and_the_submitting_process_are_killed_and_the_bits_are_those_of_a_local_run()
    {
        cluster.Demand();
        var time = Stopwatch.StartNew();
        using var bench = new Bench(seed: 20, steps: 150);
        File.WriteAllText(bench["small.yaml"], Digits);
        string[] digits = ["--set", "training.evaluate-every=75", "--set", "rewind-step=50"];
        bench.Run("whole", digits).ExitCode.ShouldBe(0);
        output.WriteLine($"local: {time.Elapsed.TotalSeconds:0} s");

        var first = bench.Launch("shared", [], [.. digits, .. OnSlurm]);
        Bench.Until(() => bench.HasCheckpoint("shared"), "the first checkpoint");
        first.Kill();
        first.WaitForExit();
        first.Dispose();
        var submitted = Submitted(bench);
        submitted.Length.ShouldBe(Jobs);

        // A process that computes: its script queues it again. Then a node with all that runs there.
        Bench.Until(SlurmCluster.KillOneStage, "a process that computes");
        Bench.Until(() => SlurmCluster.IsComputing("n2"), "work on the second node");
        cluster.Kill("n2");
        var status = Status(bench, "shared");
        status.Length.ShouldBe(Stages);
        status.ShouldContain(phase => phase == "queued");

        var lines = new List<string>();
        var second = bench.Launch("shared", lines, [.. digits, .. OnSlurm]);
        Bench.Until(() => lines.Count > 0, "the second process");
        cluster.Revive("n2");
        second.WaitForExit();
        second.ExitCode.ShouldBe(0, string.Join('\n', lines));
        second.Dispose();
        lines.ShouldContain(line => line.Contains("queued or running on slurm already", StringComparison.Ordinal));
        lines.ShouldNotContain(line => line.Contains("submitted to slurm", StringComparison.Ordinal));
        Submitted(bench).ShouldBe(submitted, "nothing is submitted twice");

        bench.ShouldBeTheSame("shared", "whole");
        Status(bench, "shared").ShouldAllBe(phase => phase == "done");
        Restarts().ShouldBeGreaterThan(1, "the killed job and those of the killed node");
        output.WriteLine($"{Stages} stages, {Jobs} arrays, {Restarts()} restarts, "
            + $"{time.Elapsed.TotalSeconds:0} s in all");
    }

    [SkippableFact]
    public void Ctrl_C_leaves_the_jobs_and_a_cancellation_ends_those_of_one_run_alone()
    {
        cluster.Demand();
        using var bench = new Bench(seed: 21, steps: 1_000_000);
        File.WriteAllText(bench["small.yaml"], Digits);
        var foreign = SlurmCluster.Run(
            "sbatch", "--parsable", "--job-name=tombola-small", "--output=/dev/null", "--wrap=sleep 600").Trim();
        SubmitAndInterrupt(bench, "one");
        SubmitAndInterrupt(bench, "other");
        NamesOf(foreign).Count.ShouldBe(3, "two runs and a job of somebody else");
        var counts = SlurmCluster.Live().GroupBy(task => task[3]).ToDictionary(name => name.Key, name => name.Count());

        var cancelled = Cli.Run(bench.Folder, "cancel", "small", "--out", "one");
        cancelled.ExitCode.ShouldBe(0, cancelled.Error);
        cancelled.Error.ShouldContain("14 stages of small-");
        Bench.Until(() => NamesOf(foreign).Count == 2, "the end of one run");
        var left = SlurmCluster.Live().GroupBy(task => task[3]).ToDictionary(name => name.Key, name => name.Count());
        left.ShouldAllBe(name => counts[name.Key] == name.Value);
        left.ShouldContainKey("tombola-small");
        Status(bench, "one").ShouldAllBe(phase => phase == "waiting");
        Status(bench, "other").ShouldContain(phase => phase == "queued");
        Cli.Run(bench.Folder, "cancel", "small", "--out", "one").Error.ShouldContain("no jobs queued or running");

        Cli.Run(bench.Folder, "cancel", "small", "--out", "other").ExitCode.ShouldBe(0);
        Bench.Until(() => NamesOf(foreign).Count == 1, "the end of the other run");
        SlurmCluster.Run("scancel", foreign);
    }

    [SkippableFact]
    public void What_the_cluster_refuses_is_said_in_one_line()
    {
        cluster.Demand();
        using var bench = new Bench(seed: 22);
        var refused = bench.Run("bad", [.. OnSlurm, "--slurm-partition", "nowhere"]);
        refused.ExitCode.ShouldBe(2);
        refused.Error.Trim().Split('\n').ShouldHaveSingleItem()
            .ShouldContain("--slurm-partition nowhere: the cluster has no such partition");
        bench.Run("bad", [.. OnSlurm, "--slurm-args=--nonsense --account=x"]).Error.ShouldContain("sbatch refuses: ");
    }

    private static void SubmitAndInterrupt(Bench bench, string store)
    {
        var lines = new List<string>();
        using var process = bench.Launch(store, lines, OnSlurm);
        Bench.Until(() => lines.Count > 0, "the submission");
        Cli.Start("kill", "/", "-INT", $"{process.Id}").ExitCode.ShouldBe(0);
        process.WaitForExit();
        process.ExitCode.ShouldBe(130);
        lines[0].ShouldContain("14 stages submitted to slurm in 7 jobs");
        lines[^1].ShouldContain("the jobs go on");
        lines[^1].ShouldContain($"--out {store}' ends them");
    }

    private static HashSet<string> NamesOf(string foreign)
    {
        var live = SlurmCluster.Live();
        live.ShouldContain(task => task[0] == foreign, "it is nobody's to cancel");
        return [.. live.Select(task => task[3])];
    }

    private static string[] Submitted(Bench bench) =>
    [
        .. Directory.GetFiles(bench["shared"], "job-*.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal),
    ];

    private static int Restarts() =>
        SlurmCluster.Run("scontrol", "--oneliner", "show", "job").Split('\n')
            .Count(line => line.Contains(" Restarts=", StringComparison.Ordinal)
                && !line.Contains(" Restarts=0 ", StringComparison.Ordinal));

    private static string[] Status(Bench bench, string store)
    {
        var answer = Cli.Run(bench.Folder, "status", "small", "--out", store, "--json");
        answer.ExitCode.ShouldBe(0, answer.Error);
        using var document = JsonDocument.Parse(answer.Output);
        return [.. document.RootElement.EnumerateArray().Select(stage => stage.GetProperty("phase").GetString()!)];
    }
}

using Tombola.Experiments.Batch;

namespace Tombola.Tests.Experiments.Batch;

public sealed class SlurmSchedulerTests
{
    private static readonly BatchJob Job = new(
        "tombola-x", "job-000001-abc", "/store/50 %/jobs", 3, ["tombola", "stage"],
        [new BatchDependency("7", Corresponding: true), new BatchDependency("8", 2), new BatchDependency("9")]);

    [Fact]
    public void Options_become_arguments()
    {
        var scheduler = new SlurmScheduler(new BatchOptions
        {
            Partition = "long", Time = "1-0", Cpus = 4, Memory = "4G", MaxJobs = 2, Arguments = ["--account=a b"],
        });
        scheduler.ArgumentsOf(Job).ShouldBe(
        [
            "--parsable", "--job-name=tombola-x", "--comment=job-000001-abc", "--array=0-2%2", "--requeue",
            "--open-mode=append", "--signal=B:USR1@120", "--output=/store/50 %%/jobs/job-000001-abc-%a.log",
            "--cpus-per-task=4", "--dependency=aftercorr:7,afterany:8_2,afterany:9", "--kill-on-invalid-dep=yes",
            "--partition=long", "--time=1-0", "--mem=4G", "--account=a b",
        ]);
    }

    [Fact]
    public void What_is_not_asked_for_is_left_to_the_cluster()
    {
        var arguments = new SlurmScheduler(new BatchOptions()).ArgumentsOf(Job with { After = [] });
        arguments.ShouldContain("--array=0-2");
        arguments.ShouldNotContain(argument => new[] { "--partition", "--time", "--mem", "--dependency", "--kill" }
            .Any(name => argument.StartsWith(name, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("17|3|RUNNING|tok|None", BatchCondition.Running, "RUNNING")]
    [InlineData("17|3|COMPLETING|tok|None", BatchCondition.Running, "COMPLETING")]
    [InlineData("17|3|PENDING|tok|Dependency", BatchCondition.Queued, "PENDING, Dependency")]
    [InlineData("17|3|PENDING|tok|DependencyNeverSatisfied", BatchCondition.Cancelled,
        "PENDING, DependencyNeverSatisfied")]
    [InlineData("17|3|CANCELLED|tok|None", BatchCondition.Cancelled, "CANCELLED")]
    [InlineData("17|3|COMPLETED|tok|None", BatchCondition.Ended, "COMPLETED")]
    [InlineData("17|3|NODE_FAIL|tok|NodeDown", BatchCondition.Ended, "NODE_FAIL, NodeDown")]
    [InlineData("17|3|PENDING|tok|launch failed requeued held", BatchCondition.Held,
        "PENDING, launch failed requeued held; 'scontrol release 17_3' lets it go")]
    [InlineData("17|3|PENDING|tok|JobHeldUser", BatchCondition.Held,
        "PENDING, JobHeldUser; 'scontrol release 17_3' lets it go")]
    [InlineData("17|3|REQUEUED|tok|None", BatchCondition.Queued, "REQUEUED")]
    public void Lines_of_squeue_are_read(string line, BatchCondition condition, string detail) =>
        SlurmScheduler.Parse(line).ShouldBe(new BatchTask("tok", "17", 3, condition, detail));

    [Theory]
    [InlineData("")]
    [InlineData("17|N/A|RUNNING|(null)|None")]
    [InlineData("slurm_load_jobs error")]
    public void Other_lines_are_passed_over(string line) => SlurmScheduler.Parse(line).ShouldBeNull();
}

using Tombola.Experiments;
using Tombola.Experiments.Batch;

namespace Tombola.Tests.Experiments.Batch;

/// <summary>A scheduler within the test: whenever it is asked, it lets a task run that may.</summary>
/// <param name="store">Where tasks leave their results.</param>
/// <param name="ledger">Where tasks find what to compute.</param>
/// <param name="stages">What may be computed.</param>
internal sealed class FakeScheduler(RunStore store, BatchLedger ledger, IReadOnlyList<Stage> stages) : IBatchScheduler
{
    private readonly List<(BatchJob Job, string Id, BatchCondition[] Tasks)> _jobs = [];

    public string Name => "fake";

    /// <summary>The jobs in the order of their submission.</summary>
    public IReadOnlyList<BatchJob> Jobs => [.. _jobs.Select(job => job.Job)];

    /// <summary>The stages that tasks were started for.</summary>
    public List<string> Started { get; } = [];

    /// <summary>Whether tasks run.</summary>
    public bool Runs { get; set; } = true;

    /// <summary>Called before each answer.</summary>
    public Action Asked { get; set; } = () => { };

    /// <summary>Called when a job comes in.</summary>
    public Action Submitting { get; set; } = () => { };

    public string Submit(BatchJob job)
    {
        Submitting();
        job.After.ShouldAllBe(after => _jobs.Any(other => other.Id == after.Job));
        var id = $"{_jobs.Count + 1}";
        _jobs.Add((job, id, new BatchCondition[job.Count]));
        return id;
    }

    public IReadOnlyList<BatchTask> Tasks(string name)
    {
        Asked();
        name.ShouldBe(ledger.Name);
        if (Runs)
            RunOne();
        return
        [
            .. _jobs.SelectMany(job => job.Tasks.Select(
                (condition, i) => new BatchTask(job.Job.Token, job.Id, i, condition, $"{condition}"))),
        ];
    }

    public void Cancel(IReadOnlyList<string> jobs)
    {
        foreach (var (_, _, tasks) in _jobs.Where(job => jobs.Contains(job.Id)))
        {
            for (var i = 0; i < tasks.Length; i++)
                tasks[i] = tasks[i] == BatchCondition.Queued ? BatchCondition.Cancelled : tasks[i];
        }
    }

    private void RunOne()
    {
        foreach (var (job, _, tasks) in _jobs)
        {
            for (var i = 0; i < tasks.Length; i++)
            {
                if (tasks[i] != BatchCondition.Queued)
                    continue;
                if (job.After.Any(after => after.Corresponding && TasksOf(after.Job)[i] == BatchCondition.Cancelled))
                {
                    tasks[i] = BatchCondition.Cancelled;
                    continue;
                }

                if (!job.After.All(after => MayFollow(after, i)))
                    continue;
                tasks[i] = Compute(job, i) ? BatchCondition.Ended : BatchCondition.Cancelled;
                return;
            }
        }
    }

    private bool MayFollow(BatchDependency after, int task) => TasksOf(after.Job) switch
    {
        var tasks when after.Corresponding => tasks[task] == BatchCondition.Ended,
        var tasks when after.Task is { } one => tasks[one] != BatchCondition.Queued,
        var tasks => tasks.All(condition => condition != BatchCondition.Queued),
    };

    private BatchCondition[] TasksOf(string id) => _jobs.Single(job => job.Id == id).Tasks;

    private bool Compute(BatchJob job, int task)
    {
        job.Command.ShouldBe(["tombola", "--job", job.Token]);
        var id = new StageId(ledger.Read(job.Token).Stages[task]);
        var stage = stages.First(stage => stage.Id == id);
        Started.Add(stage.Label);
        var outcome = new LocalExecutor(store, new ExecutorOptions { Jobs = 1 })
            .Run([stage], new StageReport(ledger, new Watcher()), CancellationToken.None)[id];
        return outcome is StageOutcome.Computed or StageOutcome.Reused;
    }
}

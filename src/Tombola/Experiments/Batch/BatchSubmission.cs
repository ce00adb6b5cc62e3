namespace Tombola.Experiments.Batch;

/// <summary>Hands the stages of a run that nobody computes yet to a scheduler, at most once.</summary>
/// <remarks>
/// Each job is written down before the scheduler is told, and carries a token by which it is found again; who submits
/// holds a lease. So a process that is killed while it submits, and two that submit the same run at once, leave no job
/// that is unknown or doubled.
/// </remarks>
/// <param name="scheduler">The scheduler.</param>
/// <param name="options">How many tasks there may be at a time, and how patient to be.</param>
/// <param name="ledger">Where jobs are written down.</param>
/// <param name="command">
/// Program and arguments that compute a stage of the run; a job's token and a task's number are added.
/// </param>
internal sealed class BatchSubmission(
    IBatchScheduler scheduler, BatchOptions options, BatchLedger ledger, IReadOnlyList<string> command)
{
    private const string LeaseName = "submission";

    /// <summary>Submits what is to be computed.</summary>
    /// <param name="wanted">The stages wanted.</param>
    /// <param name="done">Tells whether a stage is in the store.</param>
    /// <param name="notice">Told what the user should know.</param>
    /// <param name="cancellation">Ends the wait for another process that submits, and stops between two jobs.</param>
    /// <exception cref="InputException">The scheduler is not there, or refuses a job.</exception>
    /// <exception cref="IOException">It does not answer, or the store cannot be written.</exception>
    internal void Submit(
        IReadOnlyList<Stage> wanted, Func<StageId, bool> done, Action<string> notice, CancellationToken cancellation)
    {
        Directory.CreateDirectory(ledger.Folder);
        using var lease = Lease(notice, cancellation);
        var tasks = ledger.Match(scheduler.Tasks(ledger.Name));
        var live = tasks.Where(pair => pair.Value.IsLive).ToDictionary(pair => pair.Key, pair => pair.Value);
        // Looked for after the scheduler was asked: a task that ended between the two has left its result.
        var finished = BatchPlan.Closure(wanted).Select(stage => stage.Id).Where(done).ToHashSet();
        var plan = BatchPlan.Of(wanted, finished, live.Keys.ToHashSet(), options.MaxJobs);
        var ids = new List<string>();
        foreach (var job in plan.Jobs)
        {
            cancellation.ThrowIfCancellationRequested();
            ids.Add(Submit(job, ids, live));
        }

        var submitted = plan.Jobs.Sum(job => job.Stages.Count);
        if (live.Count > 0)
        {
            notice(FormattableString.Invariant(
                $"{live.Count} stages are queued or running on {scheduler.Name} already."));
        }

        if (submitted > 0)
        {
            notice(FormattableString.Invariant(
                $"{submitted} stages submitted to {scheduler.Name} in {plan.Jobs.Count} jobs named {ledger.Name}."));
        }
    }

    private string Submit(PlannedJob job, List<string> ids, Dictionary<StageId, BatchTask> live)
    {
        var token = ledger.NextToken();
        var record = new BatchRecord(
            scheduler.Name, ledger.Name, token, "", [.. job.Stages.Select(stage => stage.Id.Value)]);
        foreach (var stage in BatchPlan.Closure(job.Stages))
            ledger.ForgetFailure(stage.Id);
        ledger.Write(record);
        BatchDependency[] after =
        [
            .. job.Corresponding.Select(other => new BatchDependency(ids[other], Corresponding: true)),
            .. job.Before is { } before ? new[] { new BatchDependency(ids[before]) } : [],
            .. job.UnderWay.Select(stage => new BatchDependency(live[stage].Job, live[stage].Number)),
        ];
        var id = scheduler.Submit(new BatchJob(
            ledger.Name, token, ledger.Folder, job.Stages.Count, [.. command, "--job", token], after));
        ledger.Write(record with { Job = id });
        return id;
    }

    private Lease Lease(Action<string> notice, CancellationToken cancellation)
    {
        var (leases, told) = (new Leases(new LeaseOptions()), false);
        while (true)
        {
            if (leases.TryTake(Path.Combine(ledger.Folder, LeaseName), out var holder) is { } lease)
                return lease;
            if (!told && holder is not null)
                notice($"{holder} submits this run at the moment.");
            told |= holder is not null;
            cancellation.WaitHandle.WaitOne(new LeaseOptions().Poll);
            cancellation.ThrowIfCancellationRequested();
        }
    }
}

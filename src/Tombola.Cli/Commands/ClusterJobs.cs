using Tombola.Experiments;
using Tombola.Experiments.Batch;

namespace Tombola.Cli.Commands;

/// <summary>What schedulers know of a run's jobs.</summary>
internal static class ClusterJobs
{
    /// <summary>Asks every scheduler that the run was submitted to.</summary>
    /// <param name="ledger">Where the run's jobs are written down.</param>
    /// <param name="ask">Told of a scheduler that does not answer; null to let its failure through.</param>
    internal static IReadOnlyDictionary<StageId, BatchTask> Tasks(BatchLedger ledger, Action<string>? ask)
    {
        var tasks = new List<BatchTask>();
        foreach (var scheduler in Schedulers(ledger))
        {
            try
            {
                tasks.AddRange(scheduler.Tasks(ledger.Name));
            }
            catch (Exception exception) when (ask is not null && exception is InputException or IOException)
            {
                ask($"{exception.Message} What follows is what the store says.");
            }
        }

        return ledger.Match(tasks);
    }

    /// <summary>Ends the jobs of a run that are queued or running, and no others.</summary>
    /// <returns>How many tasks there were to end.</returns>
    internal static int Cancel(BatchLedger ledger)
    {
        var (records, count) = (ledger.Read(), 0);
        foreach (var scheduler in Schedulers(ledger))
        {
            // By token: the scheduler may have used a job's number again.
            var own = records.Where(record => record.Scheduler == scheduler.Name).Select(record => record.Token)
                .ToHashSet();
            BatchTask[] live = [.. scheduler.Tasks(ledger.Name).Where(task => task.IsLive && own.Contains(task.Token))];
            scheduler.Cancel([.. live.Select(task => task.Job).Distinct()]);
            count += live.Length;
        }

        return count;
    }

    private static IEnumerable<IBatchScheduler> Schedulers(BatchLedger ledger) =>
        ledger.Read().Select(record => record.Scheduler).Distinct()
            .Select(name => BatchSchedulers.Create(name, new BatchOptions()));
}

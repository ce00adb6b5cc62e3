namespace Tombola.Experiments.Batch;

/// <summary>A scheduler of jobs: Slurm, or whatever else can start a command on other machines.</summary>
/// <remarks>
/// What a job computes it finds in the run store, and what it leaves it leaves there, so a scheduler is told a command
/// and a number and never asked for results. It need not keep what it is told about order: a task whose inputs are not
/// there yet waits for who computes them, or computes them itself. To add a scheduler, implement this interface in one
/// file and name it in <see cref="BatchSchedulers"/>.
/// </remarks>
public interface IBatchScheduler
{
    /// <summary>The name by which it is chosen, for example <c>slurm</c>.</summary>
    string Name { get; }

    /// <summary>Hands a job over.</summary>
    /// <param name="job">What to start, how often, and after what.</param>
    /// <returns>What the scheduler calls it.</returns>
    /// <exception cref="InputException">The scheduler is not there, or refuses the job.</exception>
    /// <exception cref="IOException">It does not answer.</exception>
    string Submit(BatchJob job);

    /// <summary>Lists the tasks that the scheduler still knows of, those that ended a while ago left out.</summary>
    /// <param name="name">The <see cref="BatchJob.Name"/> that all jobs of a run have in common.</param>
    /// <exception cref="InputException">The scheduler is not there.</exception>
    /// <exception cref="IOException">It does not answer.</exception>
    IReadOnlyList<BatchTask> Tasks(string name);

    /// <summary>Ends jobs, queued or running, and no others; those that ended already are no error.</summary>
    /// <param name="jobs">What <see cref="Submit"/> returned.</param>
    /// <exception cref="InputException">The scheduler is not there, or refuses.</exception>
    /// <exception cref="IOException">It does not answer.</exception>
    void Cancel(IReadOnlyList<string> jobs);
}

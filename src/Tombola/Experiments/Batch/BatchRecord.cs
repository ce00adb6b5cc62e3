namespace Tombola.Experiments.Batch;

/// <summary>A job that was handed to a scheduler: the file <c>jobs/TOKEN.json</c> of a run.</summary>
/// <param name="Scheduler">The scheduler's name.</param>
/// <param name="Name">What all jobs of the run have in common.</param>
/// <param name="Token">Tells it from all others; tokens sort in the order of submission.</param>
/// <param name="Job">What the scheduler calls it; empty where the submitting process ended before it knew.</param>
/// <param name="Stages">The stages that its tasks compute, by their number.</param>
public sealed record BatchRecord(
    string Scheduler, string Name, string Token, string Job, IReadOnlyList<string> Stages);

namespace Tombola.Experiments.Batch;

/// <summary>Tasks that are alike, handed to a scheduler at one stroke.</summary>
/// <param name="Name">What all jobs of a run have in common: letters, digits, dots, dashes and underscores.</param>
/// <param name="Token">Tells this job from all others, also where the scheduler uses its own numbers again.</param>
/// <param name="Folder">An existing folder for the scheduler's own files and for what the tasks write to say.</param>
/// <param name="Count">Number of tasks; they are numbered from 0.</param>
/// <param name="Command">Program and arguments; <c>--task N</c> is to be added to them.</param>
/// <param name="After">What it waits for.</param>
public sealed record BatchJob(
    string Name, string Token, string Folder, int Count, IReadOnlyList<string> Command,
    IReadOnlyList<BatchDependency> After);

/// <summary>Something that a job waits for.</summary>
/// <param name="Job">What the scheduler calls the other job.</param>
/// <param name="Task">The task of it to wait for, however it ends; null for all of them.</param>
/// <param name="Corresponding">
/// Each task waits for the task of the same number alone, and never starts where that one failed.
/// </param>
public sealed record BatchDependency(string Job, int? Task = null, bool Corresponding = false);

namespace Tombola.Training;

/// <summary>Where a training keeps its state from time to time, and what it goes on from.</summary>
/// <param name="Latest">The folder of an earlier checkpoint of the same training, or null to start afresh.</param>
/// <param name="IsDue">Asked after each step whether it is time for a checkpoint.</param>
/// <param name="Save">
/// Given the number of steps done and a function that writes the state into the folder it is given.
/// </param>
public sealed record TrainingCheckpoints(string? Latest, Func<bool> IsDue, Action<long, Action<string>> Save);

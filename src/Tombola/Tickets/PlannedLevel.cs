namespace Tombola.Tickets;

/// <summary>A level of a dry run.</summary>
/// <param name="Experiment">The full name of the experiment.</param>
/// <param name="Level">Rounds of pruning, from 0.</param>
/// <param name="WeightsRemaining">Surviving prunable weights.</param>
/// <param name="Density">Survivors as a fraction.</param>
/// <param name="Trainings">Trainings of the level, controls included.</param>
public sealed record PlannedLevel(
    string Experiment, int Level, long WeightsRemaining, double Density, int Trainings);

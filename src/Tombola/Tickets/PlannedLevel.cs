namespace Tombola.Tickets;

/// <summary>A level of a dry run.</summary>
/// <param name="Experiment">The full name of the experiment.</param>
/// <param name="Level">Rounds of pruning, from 0.</param>
/// <param name="WeightsRemaining">Surviving prunable weights.</param>
/// <param name="Density">Survivors as a fraction.</param>
/// <param name="MultiplyAdds">
/// Those of a forward pass of one example, as <see cref="PrunableLayer.MultiplyAdds"/> reckons them.
/// </param>
/// <param name="Trainings">Trainings of the level, controls included.</param>
public sealed record PlannedLevel(
    string Experiment, int Level, long WeightsRemaining, double Density, long MultiplyAdds, int Trainings);

namespace Tombola.Experiments;

/// <summary>How far a stage is.</summary>
/// <param name="Done">Units done, for a training its optimizer steps.</param>
/// <param name="Total">Units in all.</param>
/// <param name="Detail">A few words on the present state, for example the accuracy reached.</param>
/// <param name="Value">What to draw against <paramref name="Done"/>, for a training its test accuracy; may be null.
/// </param>
public readonly record struct StageProgress(long Done, long Total, string Detail, double? Value = null);

namespace Tombola.Reports.Published;

/// <summary>A value that a paper states, absolute or in relation to another.</summary>
/// <param name="Figure">The figure it belongs to.</param>
/// <param name="Series">The line it is compared with, as the legend calls it.</param>
/// <param name="Density">Survivors as a fraction.</param>
/// <param name="Relation">How <paramref name="Value"/> relates to the measured dense network.</param>
/// <param name="Value">A fraction, a factor or a difference of fractions.</param>
/// <param name="Source">The paper and its figure or section.</param>
internal sealed record PublishedValue(
    string Figure, string Series, double Density, PublishedRelation Relation, double Value, string Source);

/// <summary>What a published number is relative to.</summary>
internal enum PublishedRelation
{
    /// <summary>Nothing: it is the value.</summary>
    Absolute,

    /// <summary>Added to the measured value of the dense network.</summary>
    PlusDense,

    /// <summary>Multiplied with the measured value of the dense network.</summary>
    TimesDense,
}

namespace Tombola.Pruning.Units;

/// <summary>Scores whole units; pruning removes the units of lowest score.</summary>
/// <remarks>One score is one file here and one line in <see cref="UnitScoreRegistry"/>.</remarks>
internal interface IUnitScore
{
    /// <summary>Scores one unit by its weights after training; biases play no part.</summary>
    /// <param name="incoming">The weights into the unit, one or more.</param>
    /// <param name="outgoing">The weights out of the unit, one or more.</param>
    /// <returns>Zero or more; NaN where a weight is not a number.</returns>
    double Score(ReadOnlySpan<float> incoming, ReadOnlySpan<float> outgoing);
}

namespace Tombola.Tickets;

/// <summary>How fast one network trains and is evaluated.</summary>
/// <param name="SecondsPerStep">One optimizer step.</param>
/// <param name="SecondsPerExample">One example of an evaluation.</param>
public sealed record TrainingPace(double SecondsPerStep, double SecondsPerExample)
{
    /// <summary>Adds a training up: steps, evaluations, and the training set looked at in the end.</summary>
    /// <param name="steps">Optimizer steps.</param>
    /// <param name="evaluateEvery">Steps from one evaluation to the next.</param>
    /// <param name="evaluated">Examples of an evaluation: those for validation and for the test.</param>
    /// <param name="trained">Examples that are trained on; looked at twice more, at the early stop and the end.</param>
    /// <returns>Seconds.</returns>
    public double Of(double steps, long evaluateEvery, long evaluated, long trained)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(evaluateEvery);
        var evaluations = 1 + Math.Ceiling(steps / evaluateEvery);
        return (steps * SecondsPerStep) + (((evaluations * evaluated) + (2.0 * trained)) * SecondsPerExample);
    }

    /// <summary>Returns the pace that lies between two.</summary>
    /// <param name="other">The other pace.</param>
    /// <param name="share">0 for this one, 1 for the other.</param>
    public TrainingPace Towards(TrainingPace other, double share)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new TrainingPace(
            double.Lerp(SecondsPerStep, other.SecondsPerStep, share),
            double.Lerp(SecondsPerExample, other.SecondsPerExample, share));
    }
}

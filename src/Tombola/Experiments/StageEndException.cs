namespace Tombola.Experiments;

/// <summary>
/// Tells that a stage has no outcome for a reason that lies in the experiment: a result, not a failure of the machine.
/// </summary>
internal class StageEndException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line.</param>
    internal StageEndException(string message)
        : base(message)
    {
    }
}

namespace Tombola.Experiments.Batch;

/// <summary>Where the reason for a failure lies.</summary>
internal enum FailureCause
{
    /// <summary>In the experiment: the trial ends here.</summary>
    Experiment,

    /// <summary>In what the user gave: trying again would come to the same.</summary>
    Input,

    /// <summary>In the machine, or in Tombola: trying again may help.</summary>
    Machine,
}

/// <summary>Why a stage failed on another machine: the file <c>jobs/failed-STAGE.json</c> of a run.</summary>
/// <param name="Cause">Where the reason lies.</param>
/// <param name="Message">One line.</param>
internal sealed record StageFailure(FailureCause Cause, string Message)
{
    /// <summary>Describes an exception.</summary>
    internal static StageFailure Of(Exception exception) => new(
        exception switch
        {
            StageEndException => FailureCause.Experiment,
            InputException => FailureCause.Input,
            _ => FailureCause.Machine,
        },
        exception is StageEndException or InputException or IOException or UnauthorizedAccessException
            ? exception.Message
            : $"{exception.GetType().Name}: {exception.Message}");

    /// <summary>Whether trying again would come to the same.</summary>
    internal bool IsFinal => Cause != FailureCause.Machine;

    /// <summary>Makes an exception of it, which counts as the original would.</summary>
    internal Exception ToException() => Cause switch
    {
        FailureCause.Experiment => new StageEndException(Message),
        FailureCause.Input => new InputException(Message),
        _ => new IOException(Message),
    };
}

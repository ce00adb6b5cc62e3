namespace Tombola.Experiments;

/// <summary>Watches an executor; calls come one at a time, from the executor's threads.</summary>
public interface IExecutionObserver
{
    /// <summary>A stage begins to compute.</summary>
    /// <param name="stage">The stage.</param>
    void Started(Stage stage);

    /// <summary>A stage got further.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="progress">Its state.</param>
    void Progressed(Stage stage, StageProgress progress);

    /// <summary>A stage ended, or was found in the store.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="failure">What went wrong, for a failed stage; else null.</param>
    void Finished(Stage stage, StageOutcome outcome, Exception? failure);

    /// <summary>Something happened that the user should know, such as a damaged stage set aside.</summary>
    /// <param name="message">One line.</param>
    void Noticed(string message);
}

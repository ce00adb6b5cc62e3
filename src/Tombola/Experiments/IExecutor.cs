namespace Tombola.Experiments;

/// <summary>Computes a graph of stages: in this process, or through a cluster's scheduler.</summary>
public interface IExecutor
{
    /// <summary>Computes stages and all that they need.</summary>
    /// <param name="stages">The stages wanted.</param>
    /// <param name="observer">Told what happens.</param>
    /// <param name="cancellation">Ends the call; finished stages and the state of those under way are kept.</param>
    /// <returns>The outcome of each stage wanted, and of those they need.</returns>
    IReadOnlyDictionary<StageId, StageOutcome> Run(
        IReadOnlyList<Stage> stages, IExecutionObserver observer, CancellationToken cancellation);
}

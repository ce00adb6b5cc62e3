namespace Tombola.Experiments;

/// <summary>What a stage sees while it computes.</summary>
/// <param name="folder">
/// The folder to write into, empty but for the outputs that a checkpoint holds; moved into the store when the stage
/// is complete.
/// </param>
/// <param name="parentFolders">
/// The folders of the parents' outputs, in the order of <see cref="Stage.Parents"/>.
/// </param>
/// <param name="report">Takes progress.</param>
/// <param name="checkpoints">Where the stage keeps its state and finds that of an earlier attempt.</param>
/// <param name="cancellation">
/// Set when the run is to stop; the stage then keeps its state, if it can, and throws.
/// </param>
public sealed class StageContext(
    string folder, IReadOnlyList<string> parentFolders, Action<StageProgress> report, StageCheckpoints checkpoints,
    CancellationToken cancellation)
{
    /// <summary>The folder to write into.</summary>
    public string Folder { get; } = folder;

    /// <summary>The folders of the parents' outputs, read-only by agreement.</summary>
    public IReadOnlyList<string> ParentFolders { get; } = parentFolders;

    /// <summary>Where the stage keeps its state, and finds that of an earlier attempt.</summary>
    public StageCheckpoints Checkpoints { get; } = checkpoints;

    /// <summary>Set when the run is to stop.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Tells how far the stage is.</summary>
    /// <param name="progress">The state of the work.</param>
    public void Report(StageProgress progress) => report(progress);
}

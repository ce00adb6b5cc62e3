using Tombola.Data;

namespace Tombola.Analysis;

/// <summary>What an analysis looks at.</summary>
/// <param name="Run">The run under analysis.</param>
public sealed record AnalysisInput(AnalysedRun Run)
{
    /// <summary>Runs that it is held against, by the analyses that compare runs; the others ignore them.</summary>
    /// <value>Default none.</value>
    public IReadOnlyList<AnalysedRun> Others { get; init; } = [];

    /// <summary>Where data sets are looked for, by the analyses that need examples.</summary>
    /// <value>Default: the user's cache and the system's folder.</value>
    public DataFolders Data { get; init; } = DataFolders.FromEnvironment(null, _ => null);
}

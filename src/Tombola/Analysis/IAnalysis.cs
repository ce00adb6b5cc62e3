namespace Tombola.Analysis;

/// <summary>Computes something about the tickets of finished runs.</summary>
/// <remarks>
/// One analysis is one file here and one line in <see cref="AnalysisRegistry"/>. It reads a run and changes nothing.
/// </remarks>
public interface IAnalysis
{
    /// <summary>Computes the tables of the analysis; the first is the one to look at first.</summary>
    /// <param name="input">The runs, and where data sets are.</param>
    /// <param name="cancellation">Stops the computation.</param>
    /// <exception cref="InputException">A run lacks what the analysis needs; the message says what to run.</exception>
    /// <exception cref="OperationCanceledException">The computation was stopped.</exception>
    IReadOnlyList<AnalysisTable> Run(AnalysisInput input, CancellationToken cancellation);
}

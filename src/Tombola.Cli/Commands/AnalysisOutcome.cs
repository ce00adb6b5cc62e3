using Tombola.Analysis;
using Tombola.Reports;

namespace Tombola.Cli.Commands;

/// <summary>What an analysis came to.</summary>
/// <param name="Name">The analysis.</param>
/// <param name="Tables">Its tables, the one to look at first at the head.</param>
internal sealed record AnalysisOutcome(string Name, IReadOnlyList<AnalysisTable> Tables)
{
    /// <summary>The figures that show it.</summary>
    internal IReadOnlyList<Figure> Figures { get; } = AnalysisFigures.Draw(Name, Tables);

    /// <summary>The rows by the name of their table, for JSON.</summary>
    internal Dictionary<string, IReadOnlyList<object>> ByTable =>
        Tables.ToDictionary(table => table.Name, table => table.Rows);

    /// <summary>Runs an analysis.</summary>
    /// <exception cref="InputException">The run lacks what it needs, or there is no such analysis.</exception>
    internal static AnalysisOutcome Compute(string name, AnalysisInput input, CancellationToken cancellation) =>
        new(name, AnalysisRegistry.Get(name).Run(input, cancellation));

    /// <summary>Runs all analyses that the run has what it takes for; says of the others what they need.</summary>
    internal static IReadOnlyList<AnalysisOutcome> ComputeAll(
        AnalysisInput input, AnsiTerminal terminal, CancellationToken cancellation)
    {
        var outcomes = new List<AnalysisOutcome>();
        foreach (var (name, _) in AnalysisRegistry.All)
        {
            try
            {
                outcomes.Add(Compute(name, input, cancellation));
            }
            catch (InputException exception)
            {
                Application.WriteError(terminal, $"{name} is left out: {exception.Message}");
            }
        }

        return outcomes;
    }

    /// <summary>Writes each table as CSV and each figure as a Vega-Lite file into a folder.</summary>
    internal void Write(string folder)
    {
        foreach (var table in Tables)
            table.WriteCsv(Path.Combine(folder, table.Name + ".csv"));
        foreach (var figure in Figures)
        {
            File.WriteAllText(
                Path.Combine(folder, figure.Name + ".vl.json"), figure.Specification.ToJsonString() + "\n");
        }
    }
}

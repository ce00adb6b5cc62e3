using Tombola.Analysis;

namespace Tombola.Cli.Commands;

/// <summary>What an analysis came to.</summary>
/// <param name="Name">The analysis.</param>
/// <param name="Tables">Its tables, the one to look at first at the head.</param>
internal sealed record AnalysisOutcome(string Name, IReadOnlyList<AnalysisTable> Tables)
{
    /// <summary>The rows by the name of their table, for JSON.</summary>
    internal Dictionary<string, IReadOnlyList<object>> ByTable =>
        Tables.ToDictionary(table => table.Name, table => table.Rows);

    /// <summary>Runs an analysis.</summary>
    /// <exception cref="InputException">The run lacks what it needs, or there is no such analysis.</exception>
    internal static AnalysisOutcome Compute(string name, AnalysisInput input, CancellationToken cancellation) =>
        new(name, AnalysisRegistry.Get(name).Run(input, cancellation));

    /// <summary>Writes each table as CSV into a folder.</summary>
    internal void Write(string folder)
    {
        foreach (var table in Tables)
            table.WriteCsv(PathOf(table, folder));
    }

    /// <summary>Returns the file of a table.</summary>
    internal static string PathOf(AnalysisTable table, string folder) => Path.Combine(folder, table.Name + ".csv");
}

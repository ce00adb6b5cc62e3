namespace Tombola.Tickets.Xor;

/// <summary>The results of an experiment on XOR: the content of <c>summary.json</c>.</summary>
/// <param name="Experiment">The description, every default filled in.</param>
/// <param name="Rows">Strategy by strategy, size by size.</param>
public sealed record XorSummary(XorExperiment Experiment, IReadOnlyList<XorRow> Rows);

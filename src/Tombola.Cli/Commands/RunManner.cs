namespace Tombola.Cli.Commands;

/// <summary>What <c>tombola run</c> shows of a run.</summary>
/// <param name="DryRun">Only what would be computed.</param>
/// <param name="Json">Results as JSON.</param>
/// <param name="Quiet">No progress.</param>
internal sealed record RunManner(bool DryRun, bool Json, bool Quiet);

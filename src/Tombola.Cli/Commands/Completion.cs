using System.CommandLine.Completions;

namespace Tombola.Cli.Commands;

/// <summary>Makes completions of names.</summary>
internal static class Completion
{
    /// <summary>Completes to a name.</summary>
    internal static CompletionItem Item(string name) => new(name);
}

using System.CommandLine;
using System.CommandLine.Completions;
using Tombola.Tickets;

namespace Tombola.Cli.Commands;

/// <summary>Makes completions of names.</summary>
internal static class Completion
{
    /// <summary>Completes to a name.</summary>
    internal static CompletionItem Item(string name) => new(name);

    /// <summary>Completes to the runs of the store that the command line names.</summary>
    /// <param name="store">The option that names the store.</param>
    internal static Func<CompletionContext, IEnumerable<CompletionItem>> Runs(Option<string> store) => context =>
        RunFolder.List(context.ParseResult.GetValue(store)!).Select(folder => Item(Path.GetFileName(folder)));
}

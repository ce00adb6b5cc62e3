using System.Collections.Concurrent;
using Tombola.Studio.Web;
using Tombola.Tickets;

namespace Tombola.Studio.Runs;

/// <summary>The runs of a store, found by the names of their folders.</summary>
/// <param name="store">The folder of the store; it need not exist yet.</param>
/// <param name="time">Tells the time.</param>
internal sealed class RunCatalogue(string store, TimeProvider time)
{
    private const int LongestId = 200;

    private readonly ConcurrentDictionary<string, RunCard> _cards = new();

    /// <summary>The folder of the store, as an absolute path.</summary>
    internal string Store { get; } = Path.GetFullPath(store);

    /// <summary>Describes all runs, the latest first.</summary>
    internal IReadOnlyList<RunCard> List()
    {
        var cards = RunFolder.List(Store).Select(folder => Path.GetFileName(folder)).Where(IsValid)
            .Select(id => CardOf(id)!).ToArray();
        foreach (var gone in _cards.Keys.Except(cards.Select(card => card.Id)))
            _cards.TryRemove(gone, out _);
        return [.. cards.OrderByDescending(card => card.Updated).ThenBy(card => card.Id, StringComparer.Ordinal)];
    }

    /// <summary>Describes a run.</summary>
    /// <exception cref="RefusedException">There is no such run.</exception>
    internal RunCard Card(string id) => CardOf(Path.GetFileName(FolderOf(id)));

    /// <summary>Returns the folder of a run.</summary>
    /// <param name="id">As it came from outside.</param>
    /// <exception cref="RefusedException">There is no such run, or the name cannot be one.</exception>
    internal string FolderOf(string id)
    {
        if (!IsValid(id))
            throw RefusedException.NotFound("This cannot be the name of a run.");
        var folder = Path.Combine(Store, id);
        return RunFiles.Exist(folder)
            ? folder
            : throw RefusedException.NotFound($"There is no run '{id}' in {Store}.");
    }

    /// <summary>Tells whether a text can name a run: one folder within the store, and none that is hidden.</summary>
    internal static bool IsValid(string id) =>
        id.Length is > 0 and <= LongestId && char.IsAsciiLetterOrDigit(id[0])
        && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private RunCard CardOf(string id)
    {
        var folder = Path.Combine(Store, id);
        var version = RunFiles.VersionOf(folder);
        if (!_cards.TryGetValue(id, out var card) || card.Version != version)
            _cards[id] = card = RunCard.Read(folder, version);
        return card.At(time.GetUtcNow());
    }
}

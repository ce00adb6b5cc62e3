using System.Text.Json.Nodes;

namespace Tombola.Experiments;

/// <summary>A finished stage as it lies in a store.</summary>
/// <param name="Id">The hash of kind, recipe and parents.</param>
/// <param name="Kind">What sort of stage it is.</param>
/// <param name="Recipe">What its outcome depends on, parents apart; fields at their default are absent.</param>
/// <param name="Parents">The stages whose outputs it read, in order.</param>
/// <param name="Folder">Where its files are.</param>
internal sealed record StoredStage(
    StageId Id, string Kind, JsonObject Recipe, IReadOnlyList<StageId> Parents, string Folder)
{
    /// <summary>Returns the path of one of its files, whether or not the stage left such a file.</summary>
    internal string this[string file] => Path.Combine(Folder, file);
}

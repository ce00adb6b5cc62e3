using System.Text.Json;
using System.Text.Json.Nodes;
using Tombola.Formats;

namespace Tombola.Experiments;

/// <summary>The file <c>stage.json</c> of a stage: what it is, and the SHA-256 of each of its files.</summary>
internal static class StageManifest
{
    internal const string FileName = "stage.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the manifest of a finished stage beside its files.</summary>
    internal static void Write(Stage stage, string folder)
    {
        var manifest = new JsonObject
        {
            ["id"] = stage.Id.Value,
            ["kind"] = stage.Kind,
            ["label"] = stage.Label,
            ["recipe"] = JsonNode.Parse(stage.Recipe),
            ["parents"] = new JsonArray([.. stage.Parents.Select(parent => JsonValue.Create(parent.Id.Value))]),
            ["files"] = FileHashes.Of(folder),
        };
        File.WriteAllText(Path.Combine(folder, FileName), manifest.ToJsonString(Indented) + "\n");
    }

    /// <summary>Reads the manifest of a stage that <see cref="FindDamage"/> found nothing wrong with.</summary>
    /// <exception cref="InputException">The manifest lacks what every manifest has.</exception>
    internal static StoredStage Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var manifest = JsonNode.Parse(File.ReadAllText(path)) as JsonObject;
        return manifest?["recipe"] is JsonObject recipe && manifest["parents"] is JsonArray parents
            ? new StoredStage(
                new StageId(TextOf(manifest["id"])), TextOf(manifest["kind"]), recipe,
                [.. parents.Select(parent => new StageId(TextOf(parent)))], folder)
            : throw new InputException($"{path}: expected the recipe and the parents of a stage.");

        string TextOf(JsonNode? node) =>
            node is JsonValue value && value.TryGetValue<string>(out var text)
                ? text
                : throw new InputException($"{path}: expected ids and a kind as text.");
    }

    /// <summary>Reads which stages a stage was made from, without checking its files.</summary>
    /// <returns>None where there is no stage, or one whose manifest is damaged.</returns>
    internal static IReadOnlyList<StageId> ParentsOf(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? [.. Read(folder).Parents.Where(id => StageId.IsValid(id.Value))] : [];
        }
        catch (Exception exception) when (
            exception is JsonException or InputException or FileNotFoundException or ArgumentException)
        {
            return [];
        }
    }

    /// <summary>Checks a stage's files against its manifest.</summary>
    /// <returns>What is wrong, in a few words, or null when all is well.</returns>
    /// <exception cref="IOException">No file can be opened at the moment, which says nothing of these.</exception>
    /// <exception cref="UnauthorizedAccessException">The files may not be read.</exception>
    internal static string? FindDamage(StageId id, string folder)
    {
        try
        {
            var path = Path.Combine(folder, FileName);
            if (!File.Exists(path))
                return $"{FileName} is missing";
            var manifest = JsonNode.Parse(File.ReadAllText(path));
            if ((string?)manifest?["id"] != id.Value)
                return $"{FileName} names another stage";
            return manifest["files"] is JsonObject files
                ? FileHashes.FindDamage(files, folder)
                : $"{FileName} lists no files";
        }
        catch (Exception exception) when (
            exception is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return $"{FileName} cannot be read: {exception.Message}";
        }
        catch (IOException exception) when (!FileHandles.AreExhausted(exception))
        {
            return $"its files cannot be read: {exception.Message}";
        }
    }
}

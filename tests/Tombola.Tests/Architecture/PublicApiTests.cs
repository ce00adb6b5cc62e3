namespace Tombola.Tests.Architecture;

/// <summary>Holds the public surface of the library to the one that was agreed on.</summary>
/// <remarks>
/// A change of the surface shows in a review as a change of PublicApi.txt. To accept one, run this test with the
/// environment variable TOMBOLA_UPDATE_SNAPSHOTS set to 1 and commit the file.
/// </remarks>
public sealed class PublicApiTests
{
    private const string SnapshotPath = "tests/Tombola.Tests/Architecture/PublicApi.txt";

    [Fact]
    public void The_public_surface_is_the_one_written_down()
    {
        var built = PublicApi.Lines();
        var file = Path.Combine(Repository.Root, SnapshotPath);
        if (Environment.GetEnvironmentVariable("TOMBOLA_UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(file, string.Join('\n', built) + "\n");

        var agreed = File.ReadAllLines(file);

        agreed.Except(built).Select(line => "gone: " + line)
            .Concat(built.Except(agreed).Select(line => "new: " + line))
            .ShouldBeEmpty("Set TOMBOLA_UPDATE_SNAPSHOTS=1 and run this test again to accept the change.");
    }

    [Fact]
    public void Members_are_written_with_their_kinds_names_and_types()
    {
        var lines = PublicApi.Lines();
        lines.ShouldContain("Tombola.InputException : class sealed, System.Exception");
        lines.ShouldContain(
            "Tombola.InputException.NearestName(string name, System.Collections.Generic.IEnumerable<string> known)"
            + " -> static string");
        lines.ShouldContain("Tombola.Seed.Value { get; init; } -> ulong");
        lines.ShouldContain("Tombola.Numerics.Vectors.VectorWidth.Pad -> const int = 16");
    }
}

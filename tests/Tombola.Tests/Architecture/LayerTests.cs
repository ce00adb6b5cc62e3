namespace Tombola.Tests.Architecture;

/// <summary>Holds the folders of the library to who may use whom.</summary>
public sealed class LayerTests
{
    /// <summary>The rule. A folder may use itself, the root namespace and the folders of its row.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        [""] = [],
        ["Numerics"] = [],
        ["Tensors"] = ["Numerics"],
        ["Formats"] = ["Tensors"],
        ["Nn"] = ["Tensors", "Numerics"],
        ["Optim"] = ["Tensors", "Numerics"],
        ["Pruning"] = ["Tensors", "Numerics"],
        ["Data"] = ["Formats", "Tensors", "Numerics"],
        ["Training"] = ["Nn", "Optim", "Data", "Formats", "Tensors", "Numerics"],
        ["Experiments"] = ["Formats", "Tensors"],
        ["Tickets"] =
            ["Experiments", "Training", "Data", "Pruning", "Optim", "Nn", "Formats", "Tensors", "Numerics"],
        ["Analysis"] =
            ["Tickets", "Experiments", "Training", "Data", "Pruning", "Optim", "Nn", "Formats", "Tensors", "Numerics"],
        ["Reports"] = ["Analysis", "Tickets", "Experiments", "Formats"],
        ["Interop"] = ["Nn", "Formats", "Tensors"],
    };

    [Fact]
    public void Each_folder_uses_only_what_its_row_allows() =>
        LayerCheck.Violations(MayUse).ShouldBeEmpty();

    [Fact]
    public void A_use_that_is_taken_off_the_list_is_reported_with_the_place()
    {
        var stricter = new Dictionary<string, string[]>(MayUse) { ["Tensors"] = [] };

        var violations = LayerCheck.Violations(stricter);

        violations.ShouldContain(line =>
            line.StartsWith("Tensors may not use Tombola.Numerics.", StringComparison.Ordinal)
            && line.Contains("Tombola.Tensors.Tensor::", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_without_a_row_is_reported()
    {
        var shorter = new Dictionary<string, string[]>(MayUse);
        shorter.Remove("Tensors");

        LayerCheck.Violations(shorter).ShouldContain("The folder Tensors has no row in the table.");
    }

    [Fact]
    public void The_table_has_no_cycles()
    {
        var remaining = MayUse.ToDictionary(row => row.Key, row => row.Value.ToHashSet());
        while (remaining.FirstOrDefault(row => row.Value.Count == 0) is { Key: { } lowest })
        {
            remaining.Remove(lowest);
            foreach (var row in remaining.Values)
                row.Remove(lowest);
        }

        remaining.Keys.ShouldBeEmpty();
    }
}

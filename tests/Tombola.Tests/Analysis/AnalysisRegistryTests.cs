using Tombola.Analysis;

namespace Tombola.Tests.Analysis;

public sealed class AnalysisRegistryTests
{
    [Fact]
    public void Every_analysis_is_registered_under_a_name_of_its_own()
    {
        var registered = AnalysisRegistry.All.Select(row => AnalysisRegistry.Get(row.Name).GetType());
        registered.ShouldBe(
            typeof(IAnalysis).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IAnalysis))),
            ignoreOrder: true);
    }

    [Fact]
    public void An_unknown_name_points_to_the_nearest() =>
        Should.Throw<InputException>(() => AnalysisRegistry.Get("mask-overlay")).Message
            .ShouldStartWith("Unknown analysis 'mask-overlay'. Did you mean 'mask-overlap'?");

    [Fact]
    public void A_table_gives_its_rows_back_as_what_they_are_and_as_nothing_else()
    {
        var table = AnalysisTable.Of<AccuracyPair>("pairs", [new(1, 0.5)]);
        table.RowsOf<AccuracyPair>().ShouldBe([new AccuracyPair(1, 0.5)]);
        table.Columns.ShouldBe(["train", "test", "gap"]);
        Should.Throw<InvalidOperationException>(() => table.RowsOf<StabilityTrial>()).Message
            .ShouldBe("pairs is a table of AccuracyPair, not StabilityTrial.");
    }
}

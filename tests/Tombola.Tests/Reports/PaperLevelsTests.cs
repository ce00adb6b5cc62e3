using Tombola.Reports;

namespace Tombola.Tests.Reports;

public sealed class PaperLevelsTests
{
    [Fact]
    public void The_nearest_levels_stand_in_for_the_papers_each_once()
    {
        var levels = Enumerable.Range(0, 16).Select(level => (level, Math.Pow(0.8, level)));
        PaperLevels.Choose(levels).ShouldBe([0, 3, 7, 12, 15]);
        PaperLevels.Choose([(1, 0.8), (2, 0.64), (1, 0.8)]).ShouldBe([1, 2]);
    }

    [Fact]
    public void What_is_much_denser_stands_in_for_nothing() =>
        PaperLevels.Choose([(0, 1), (1, 0.7)]).ShouldBe([0], "0.7 is more than 1.3 times 0.513");
}

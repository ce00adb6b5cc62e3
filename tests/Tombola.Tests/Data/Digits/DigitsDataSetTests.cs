using Tombola.Data;
using Tombola.Data.Digits;

namespace Tombola.Tests.Data.Digits;

public sealed class DigitsDataSetTests
{
    private static readonly DataFolders Nowhere = new(null, null, "/nowhere", "/nowhere");

    [Fact]
    public void The_drawings_are_the_released_ones()
    {
        var verdict = new DigitsDataSet().Verify(Nowhere).ShouldHaveSingleItem();
        verdict.State.ShouldBe(FileState.Verified, verdict.Detail);
    }

    [Fact]
    public void An_example_depends_on_its_number_alone()
    {
        var many = DigitsGenerator.Draw("many", 0, 50);
        var few = DigitsGenerator.Draw("few", 40, 10);
        few.Pixels.ToArray().ShouldBe(many.Pixels.ToArray()[(40 * 784)..]);
        few.Labels.ToArray().ShouldBe(many.Labels.ToArray()[40..]);
    }

    [Fact]
    public void The_whole_set_has_all_classes_about_equally_and_no_two_alike()
    {
        var data = DataSetLoader.Load("digits", Nowhere);
        (data.Train.Count, data.Test.Count, data.Train.Classes).ShouldBe((60_000, 10_000, 10));
        data.Train.ExampleShape.ToString().ShouldBe("[28, 28]");
        foreach (var group in data.Train.Labels.ToArray().GroupBy(label => label))
            group.Count().ShouldBeInRange(5_700, 6_300);
        data.Test.Pixels.ToArray().Chunk(784).Select(Convert.ToHexString).Distinct().Count().ShouldBe(10_000);
    }

    [Fact]
    public void Drawings_have_ink_on_clear_ground()
    {
        var images = DigitsGenerator.Draw("some", 0, 500);
        foreach (var image in images.Pixels.ToArray().Chunk(784))
        {
            image.Count(pixel => pixel > 128).ShouldBeInRange(10, 400);
            image.Count(pixel => pixel < 64).ShouldBeGreaterThan(300);
        }
    }
}

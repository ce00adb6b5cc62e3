using Tombola.Data;
using Tombola.Tensors;

namespace Tombola.Tests.Data;

public sealed class ImageSetTests
{
    [Fact]
    public void Selected_examples_keep_their_pixels_labels_and_order()
    {
        var set = new ImageSet("three", new Shape(1, 2), 4, new byte[] { 1, 2, 3, 4, 5, 6 }, new byte[] { 3, 0, 2 });
        var selected = set.Select([2, 0, 2]);
        selected.Pixels.ToArray().ShouldBe([5, 6, 1, 2, 5, 6]);
        selected.Labels.ToArray().ShouldBe([2, 3, 2]);
        (selected.Name, selected.Classes, selected.Features, selected.Count).ShouldBe(("three", 4, 2, 3));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void An_index_outside_is_refused(int index)
    {
        var set = Images.Random(3, new Shape(2, 2));
        Should.Throw<ArgumentOutOfRangeException>(() => set.Select([index]));
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused() =>
        Should.Throw<ArgumentException>(() => new ImageSet("bad", new Shape(2, 2), 2, new byte[7], new byte[2]));

    [Fact]
    public void A_label_out_of_range_is_refused() =>
        Should.Throw<ArgumentException>(() => new ImageSet("bad", new Shape(1, 1), 2, new byte[2], new byte[] { 1, 2 }))
            .Message.ShouldStartWith("The label of example 1 is not below 2.");
}

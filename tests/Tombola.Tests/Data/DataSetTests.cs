using Tombola.Data;
using Tombola.Tensors;

namespace Tombola.Tests.Data;

public sealed class DataSetTests
{
    // The one pixel of an example is its number, so that it can be followed through the split.
    private static readonly byte[] Numbers = [.. Enumerable.Range(0, 200).Select(number => (byte)number)];

    private static readonly DataSet Numbered = new(
        "numbered",
        new ImageSet("train", new Shape(1, 1), 10, Numbers, new byte[200]),
        Images.Random(5, new Shape(1, 1)));

    [Fact]
    public void A_split_parts_the_training_examples_in_order()
    {
        var split = Numbered.Split(50, new Seed(3));
        var (train, validation) = (split.Train.Pixels.ToArray(), split.Validation.Pixels.ToArray());
        (train.Length, validation.Length).ShouldBe((150, 50));
        train.ShouldBeInOrder();
        validation.ShouldBeInOrder();
        train.Concat(validation).Order().ShouldBe(Numbers);
        split.Test.ShouldBeSameAs(Numbered.Test);
    }

    [Fact]
    public void A_split_depends_on_its_seed_alone()
    {
        var first = Numbered.Split(50, new Seed(3)).Validation.Pixels.ToArray();
        Numbered.Split(50, new Seed(3)).Validation.Pixels.ToArray().ShouldBe(first);
        Numbered.Split(50, new Seed(4)).Validation.Pixels.ToArray().ShouldNotBe(first);
    }

    [Fact]
    public void The_choice_is_frozen() =>
        Numbered.Split(8, new Seed(1)).Validation.Pixels.ToArray().ShouldBe([3, 15, 29, 34, 77, 140, 171, 191]);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(200)]
    public void A_validation_set_that_leaves_nothing_is_refused(int validation) =>
        Should.Throw<InputException>(() => Numbered.Split(validation, new Seed(1)))
            .Message.ShouldContain("from 1 to 199");
}

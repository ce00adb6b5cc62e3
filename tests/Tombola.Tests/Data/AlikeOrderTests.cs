using Tombola.Data;
using Tombola.Tensors;

namespace Tombola.Tests.Data;

public sealed class AlikeOrderTests
{
    [Fact]
    public void Examples_go_by_class_and_then_by_the_columns_they_use()
    {
        byte[] pixels =
        [
            0, 1, 0, 0, 0, 0,
            1, 0, 0, 0, 0, 1,
            0, 0, 0, 0, 1, 0,
            0, 1, 1, 0, 0, 0,
            0, 0, 0, 0, 0, 0,
        ];
        AlikeOrder.Of(new ImageSet("s", new Shape(2, 3), 2, pixels, new byte[] { 1, 0, 0, 1, 0 }))
            .ShouldBe([1, 2, 4, 0, 3]);
    }

    [Fact]
    public void Photographs_go_by_class_in_the_order_of_the_set()
    {
        var pixels = new byte[6 * 12];
        Array.Fill(pixels, (byte)9);
        AlikeOrder.Of(new ImageSet("s", new Shape(3, 2, 2), 2, pixels, new byte[] { 1, 0, 1, 0, 0, 1 }))
            .ShouldBe([1, 3, 4, 0, 2, 5]);
    }
}

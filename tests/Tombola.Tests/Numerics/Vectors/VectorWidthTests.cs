using System.Globalization;
using Tombola.Numerics.Vectors;

namespace Tombola.Tests.Numerics.Vectors;

/// <summary>Holds a run of the tests at one vector width to that width.</summary>
/// <remarks>
/// Continuous integration runs the kernels' tests several times, each with part of the machine's instructions switched
/// off, and says in TOMBOLA_EXPECT_VECTOR_BITS what is left. Without this a misspelt switch would test nothing.
/// </remarks>
public sealed class VectorWidthTests
{
    [Fact]
    [Trait("Category", "Width")]
    public void The_process_uses_the_width_it_was_started_with()
    {
        var expected = Environment.GetEnvironmentVariable("TOMBOLA_EXPECT_VECTOR_BITS");
        if (string.IsNullOrEmpty(expected))
            VectorWidth.Bits.ShouldBeOneOf(512, 256, 128, 32);
        else
            VectorWidth.Bits.ShouldBe(int.Parse(expected, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 16)]
    [InlineData(16, 16)]
    [InlineData(60, 64)]
    public void A_batch_is_padded_to_whole_groups_of_sixteen(int batch, int lanes) =>
        VectorWidth.Padded(batch).ShouldBe(lanes);
}

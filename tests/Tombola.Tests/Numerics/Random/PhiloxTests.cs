using Tombola.Numerics.Random;

namespace Tombola.Tests.Numerics.Random;

/// <summary>Holds the generator to the answers that its authors publish for philox4x32-10.</summary>
public sealed class PhiloxTests
{
    [Theory]
    [InlineData(0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(
        ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(
        0x85a308d3243f6a88, 0x0370734413198a2e, 0x299f31d0a4093822, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void Known_counters_give_the_published_words(
        ulong low, ulong high, ulong key, uint w0, uint w1, uint w2, uint w3)
    {
        Philox.Block(low, high, key).ShouldBe(new Philox.Words(w0, w1, w2, w3));
        var words = new uint[16];
        PhiloxBlocks.Fill(words, low, high, key);
        words[..4].ShouldBe([w0, w1, w2, w3]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xfffffff9)]
    [InlineData(0xfffffffffffffff9)]
    public void Many_blocks_equal_one_after_the_other(ulong low)
    {
        foreach (var length in new[] { 0, 1, 3, 4, 15, 16, 17, 31, 63, 64, 257 })
        {
            var words = new uint[length];
            PhiloxBlocks.Fill(words, low, high: 0x123456789abcdef0, key: 0xfedcba9876543210);
            for (var i = 0; i < length; i++)
            {
                var block = Philox.Block(unchecked(low + ((ulong)i / 4)), 0x123456789abcdef0, 0xfedcba9876543210);
                words[i].ShouldBe((i % 4) switch { 0 => block.W0, 1 => block.W1, 2 => block.W2, _ => block.W3 });
            }
        }
    }
}

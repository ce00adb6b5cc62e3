using System.Runtime.Intrinsics.X86;
using Tombola.Numerics.Images;
using Tombola.Numerics.Random;

namespace Tombola.Tests.Numerics.Images;

public sealed class PixelGatherTests
{
    private const int Features = 37;
    private const int Count = 9;

    [SkippableFact]
    public void Width_512_equals_the_naive_result()
    {
        Skip.IfNot(Avx512F.IsSupported);
        ShouldBeNaive<PixelLanes512>();
    }

    [SkippableFact]
    public void Width_256_equals_the_naive_result()
    {
        Skip.IfNot(Avx2.IsSupported);
        ShouldBeNaive<PixelLanes256>();
    }

    [Fact]
    public void Width_128_equals_the_naive_result() => ShouldBeNaive<PixelLanes128>();

    private static void ShouldBeNaive<TLanes>()
        where TLanes : struct, IPixelLanes
    {
        var stream = new RandomStream(new Seed(5), "test/gather");
        var pixels = new byte[Count * Features];
        for (var pixel = 0; pixel < pixels.Length; pixel++)
            pixels[pixel] = (byte)stream.Below(256, pixel);
        foreach (var batch in new[] { 1, 15, 16, 17, 63, 64, 65, 130 })
        {
            var indices = Enumerable.Range(0, batch).Select(lane => stream.Below(Count, 5000 + lane)).ToArray();
            var padded = PixelGather.Padded(batch);
            var target = new float[Features * padded];
            PixelGather.Write<TLanes>(pixels, Features, indices, [], [new PixelScale(0.3f, -0.7f)], target);
            for (var feature = 0; feature < Features; feature++)
            {
                for (var lane = 0; lane < padded; lane++)
                {
                    var product = lane < batch ? 0.3f * pixels[(indices[lane] * Features) + feature] : 0;
                    var expected = lane < batch ? product + -0.7f : 0;
                    target[(feature * padded) + lane].ShouldBe(expected, $"batch {batch}, [{feature}, {lane}]");
                }
            }
        }
    }
}

using FsCheck;
using FsCheck.Fluent;
using Tombola.Data;
using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Tests.Data;

public sealed class BatchAssemblerTests
{
    private const float Untouched = -77;
    private static readonly Normalisation Standard = new(0.1307f, 0.3081f);

    [Fact]
    public void Batches_equal_the_naive_ones_to_the_bit() =>
        Prop.ForAll<int>(seed =>
        {
            var (images, indices, _) = Draw(seed);
            var (features, labels) = Buffers(images, indices);
            new BatchAssembler(images, Standard).Assemble(indices, features, labels);
            features.ShouldBe(Naive(images, indices, Enumerable.Range(0, images.Features)));
            labels.ShouldBe([.. indices.Select(index => (int)images.Labels.Span[index]), -1]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Only_wanted_features_are_written() =>
        Prop.ForAll<int>(seed =>
        {
            var (images, indices, wanted) = Draw(seed);
            var (features, labels) = Buffers(images, indices);
            new BatchAssembler(images, Standard).Assemble(indices, wanted, features, labels);
            features.ShouldBe(Naive(images, indices, wanted));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 16)]
    [InlineData(16, 16)]
    [InlineData(60, 64)]
    public void A_batch_is_padded_to_whole_lane_groups(int batch, int padded) =>
        BatchAssembler.Padded(batch).ShouldBe(padded);

    [Fact]
    public void Bad_arguments_are_refused()
    {
        var images = Images.Random(4, new Shape(2, 3));
        var assembler = new BatchAssembler(images, Standard);
        Should.Throw<ArgumentOutOfRangeException>(() => assembler.Assemble([4], new float[96], new int[1]));
        Should.Throw<ArgumentOutOfRangeException>(() => assembler.Assemble([-1], new float[96], new int[1]));
        Should.Throw<ArgumentException>(() => assembler.Assemble([0], new float[95], new int[1]));
        Should.Throw<ArgumentException>(() => assembler.Assemble([0], new float[96], []));
        Should.Throw<ArgumentOutOfRangeException>(() => assembler.Assemble([0], [6], new float[96], new int[1]));
        Should.Throw<ArgumentException>(() => assembler.Assemble([0], [2, 2], new float[96], new int[1]));
        Should.Throw<ArgumentException>(() => assembler.Assemble([0], [-1], new float[96], new int[1]));
    }

    private static (ImageSet Images, int[] Indices, int[] Wanted) Draw(int seed)
    {
        var stream = new RandomStream(new Seed((ulong)seed), "test/batch");
        var shape = new Shape(1 + stream.Below(12, 0), 1 + stream.Below(12, 1));
        var images = Images.Random(1 + stream.Below(40, 2), shape, seed: seed);
        var indices = new int[1 + stream.Below(150, 3)];
        for (var lane = 0; lane < indices.Length; lane++)
            indices[lane] = stream.Below(images.Count, 4 + lane);
        var share = stream.Uniform(1000);
        var wanted = Enumerable.Range(0, shape.Count).Where(feature => stream.Uniform(1001 + feature) < share);
        return (images, indices, wanted.ToArray());
    }

    // One float and one label more than needed, to see that they are left alone.
    private static (float[] Features, int[] Labels) Buffers(ImageSet images, int[] indices)
    {
        var features = new float[(images.Features * BatchAssembler.Padded(indices.Length)) + 1];
        var labels = new int[indices.Length + 1];
        Array.Fill(features, Untouched);
        Array.Fill(labels, -1);
        return (features, labels);
    }

    private static float[] Naive(ImageSet images, int[] indices, IEnumerable<int> wanted)
    {
        var (features, _) = Buffers(images, indices);
        var padded = BatchAssembler.Padded(indices.Length);
        foreach (var feature in wanted)
        {
            for (var lane = 0; lane < padded; lane++)
            {
                var value = 0f;
                if (lane < indices.Length)
                {
                    var product = Standard.Scale * images.Pixels.Span[(indices[lane] * images.Features) + feature];
                    value = product + Standard.Offset;
                }

                features[(feature * padded) + lane] = value;
            }
        }

        return features;
    }
}

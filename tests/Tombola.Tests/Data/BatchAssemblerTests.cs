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

    [Fact]
    public void Each_channel_is_normalised_by_its_own_numbers() =>
        Prop.ForAll<int>(seed =>
        {
            var stream = new RandomStream(new Seed((ulong)seed), "test/channels");
            var shape = new Shape(1 + stream.Below(4, 0), 1 + stream.Below(7, 1), 1 + stream.Below(7, 2));
            var images = Images.Random(9, shape, seed: seed);
            var planes = Enumerable.Range(0, shape[0])
                .Select(channel => new Normalisation(stream.Uniform(3 + channel), 0.1f + stream.Uniform(9 + channel)));
            var normalisation = Normalisation.ByChannel([.. planes]);
            int[] indices = [.. Enumerable.Range(0, 1 + stream.Below(90, 20)).Select(i => stream.Below(9, 30 + i))];
            int[] wanted = [.. Enumerable.Range(0, shape.Count).Where(i => stream.Bits(1000 + i) % 3 > 0)];
            var (all, labels) = Buffers(images, indices);
            var (some, _) = Buffers(images, indices);
            var assembler = new BatchAssembler(images, normalisation);
            assembler.Assemble(indices, all, labels);
            assembler.Assemble(indices, wanted, some, labels);
            var (padded, inputs) = (BatchAssembler.Padded(indices.Length), new float[shape.Count]);
            for (var lane = 0; lane < indices.Length; lane++)
            {
                normalisation.Apply(images.Pixels.Span.Slice(indices[lane] * shape.Count, shape.Count), inputs);
                for (var feature = 0; feature < shape.Count; feature++)
                {
                    var plane = normalisation.Channels![feature / (shape[1] * shape[2])];
                    var product = plane.Scale * images.Pixels.Span[(indices[lane] * shape.Count) + feature];
                    inputs[feature].ShouldBe(product + plane.Offset);
                    all[(feature * padded) + lane].ShouldBe(inputs[feature]);
                    some[(feature * padded) + lane].ShouldBe(wanted.Contains(feature) ? inputs[feature] : Untouched);
                }
            }
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

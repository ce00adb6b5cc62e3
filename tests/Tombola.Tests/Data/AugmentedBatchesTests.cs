using FsCheck;
using FsCheck.Fluent;
using Tombola.Data;
using Tombola.Data.Augmentations;
using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Tests.Data;

public sealed class AugmentedBatchesTests
{
    private const float Untouched = -77;
    private static readonly FlipCrop FlipCrop = new();

    [Fact]
    public void Batches_equal_the_naive_ones_to_the_bit() =>
        Prop.ForAll<int>(seed =>
        {
            var stream = new RandomStream(new Seed((ulong)seed), "test/augmented");
            var shape = new Shape(1 + stream.Below(3, 0), 1 + stream.Below(9, 1), 1 + stream.Below(9, 2));
            var images = Images.Random(12, shape, seed: seed);
            var planes = Enumerable.Range(0, shape[0]).Select(channel => new Normalisation(0.1f * channel, 0.3f));
            var normalisation = Normalisation.ByChannel([.. planes]);
            int[] indices = [.. Enumerable.Range(0, 1 + stream.Below(90, 3)).Select(i => stream.Below(12, 9 + i))];
            var batches = new AugmentedBatches(images, normalisation, FlipCrop, new Seed(9));
            var padded = BatchAssembler.Padded(indices.Length);
            var (features, labels) = (new float[(shape.Count * padded) + 1], new int[indices.Length]);
            Array.Fill(features, Untouched);
            batches.Assemble(3, indices, features, labels);
            labels.ShouldBe([.. indices.Select(index => (int)images.Labels.Span[index])]);
            for (var lane = 0; lane < padded; lane++)
            {
                var expected = new float[shape.Count];
                if (lane < indices.Length)
                    Naive(images, normalisation, indices[lane], epoch: 3, expected);
                Lane(features, padded, lane, shape.Count).ShouldBe(expected);
            }

            features[^1].ShouldBe(Untouched);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_shown_depends_on_seed_epoch_and_example_alone()
    {
        var images = Images.Random(40, new Shape(3, 8, 8));
        var all = Shown(images, 1, 5, [.. Enumerable.Range(0, 40)]);
        var few = Shown(images, 1, 5, [17, 3]);
        few[0].ShouldBe(all[17]);
        few[1].ShouldBe(all[3]);
        Same(all, Shown(images, 1, 6, [.. Enumerable.Range(0, 40)])).ShouldBeLessThan(5);
        Same(all, Shown(images, 2, 5, [.. Enumerable.Range(0, 40)])).ShouldBeLessThan(5);
    }

    [Fact]
    public void A_batch_allocates_nothing_after_the_first()
    {
        var images = Images.Random(40, new Shape(3, 8, 8));
        var batches = new AugmentedBatches(images, Normalisation.Unit, FlipCrop, new Seed(1));
        var (indices, features, labels) = (Enumerable.Range(0, 40).ToArray(), new float[192 * 48], new int[40]);
        batches.Assemble(0, indices, features, labels);
        var before = GC.GetAllocatedBytesForCurrentThread();
        batches.Assemble(1, indices, features, labels);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        var images = Images.Random(4, new Shape(2, 3));
        var batches = new AugmentedBatches(images, Normalisation.Unit, FlipCrop, new Seed(1));
        Should.Throw<ArgumentOutOfRangeException>(() => batches.Assemble(0, [4], new float[96], new int[1]));
        Should.Throw<ArgumentException>(() => batches.Assemble(0, [0], new float[95], new int[1]));
        Should.Throw<ArgumentException>(() => batches.Assemble(0, [0], new float[96], []));
    }

    private static void Naive(
        ImageSet images, Normalisation normalisation, int index, long epoch, Span<float> expected)
    {
        var (shape, shown) = (images.ExampleShape, new byte[images.Features]);
        var random = new RandomStream(new Seed(9), "augmentation", (epoch * images.Count) + index);
        var pixels = images.Pixels.Span.Slice(index * images.Features, images.Features);
        var area = FlipCrop.Apply(pixels, shape, random, shown);
        normalisation.Apply(shown, expected);
        for (var feature = 0; feature < shown.Length; feature++)
        {
            var (row, column) = (feature / shape[2] % shape[1], feature % shape[2]);
            if (row < area.Top || row >= area.Bottom || column < area.Left || column >= area.Right)
                expected[feature] = 0;
        }
    }

    private static float[][] Shown(ImageSet images, ulong seed, long epoch, int[] indices)
    {
        var batches = new AugmentedBatches(images, Normalisation.Unit, FlipCrop, new Seed(seed));
        var padded = BatchAssembler.Padded(indices.Length);
        var features = new float[images.Features * padded];
        batches.Assemble(epoch, indices, features, new int[indices.Length]);
        return [.. indices.Select((_, lane) => Lane(features, padded, lane, images.Features))];
    }

    private static int Same(float[][] one, float[][] other) =>
        one.Zip(other).Count(pair => pair.First.SequenceEqual(pair.Second));

    private static float[] Lane(float[] features, int padded, int lane, int count) =>
        [.. Enumerable.Range(0, count).Select(feature => features[(feature * padded) + lane])];
}

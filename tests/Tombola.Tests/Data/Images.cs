using Tombola.Data;
using Tombola.Formats;
using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Tests.Data;

/// <summary>Makes small sets of random examples.</summary>
internal static class Images
{
    public static ImageSet Random(int count, Shape shape, int classes = 10, int seed = 0)
    {
        var pixels = new byte[count * shape.Count];
        var labels = new byte[count];
        var stream = new RandomStream(new Seed((ulong)seed), "test/images");
        for (var pixel = 0; pixel < pixels.Length; pixel++)
            pixels[pixel] = (byte)stream.Below(256, pixel);
        for (var label = 0; label < labels.Length; label++)
            labels[label] = (byte)stream.Below(classes, pixels.Length + label);
        return new ImageSet("random", shape, classes, pixels, labels);
    }

    /// <summary>Writes a set of 6 + 4 examples of 4 × 4 pixels as four IDX files.</summary>
    /// <param name="folder">Created.</param>
    /// <param name="suffix">Appended to each name.</param>
    /// <param name="seed">Another number gives other content.</param>
    public static void WriteSmallSet(string folder, string suffix = ".gz", int seed = 0)
    {
        Directory.CreateDirectory(folder);
        var (train, test) = (Random(6, new Shape(4, 4), seed: seed), Random(4, new Shape(4, 4), seed: seed + 1));
        Write(IdxFiles.TrainImagesName, new IdxArray(new Shape(6, 4, 4), train.Pixels));
        Write(IdxFiles.TrainLabelsName, new IdxArray(new Shape(6), train.Labels));
        Write(IdxFiles.TestImagesName, new IdxArray(new Shape(4, 4, 4), test.Pixels));
        Write(IdxFiles.TestLabelsName, new IdxArray(new Shape(4), test.Labels));

        void Write(string name, IdxArray array) => IdxWriter.Write(Path.Combine(folder, name + suffix), array);
    }
}

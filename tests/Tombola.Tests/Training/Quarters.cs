using Tombola.Data;
using Tombola.Formats;
using Tombola.Tensors;

namespace Tombola.Tests.Training;

/// <summary>Pictures of 8 × 8 pixels in four classes: which quarter of the rows is bright.</summary>
internal static class Quarters
{
    public static readonly Shape Shape = new(8, 8);

    /// <summary>Makes a set.</summary>
    /// <param name="count">How many pictures; the classes take turns.</param>
    /// <param name="noise">Decides the noise over the pictures.</param>
    public static ImageSet Create(int count, int noise = 7)
    {
        var (pixels, labels) = (new byte[count * 64], new byte[count]);
        for (var i = 0; i < count; i++)
        {
            labels[i] = (byte)(i % 4);
            for (var pixel = 0; pixel < 64; pixel++)
                pixels[(i * 64) + pixel] = (byte)((pixel / 16 == i % 4 ? 120 : 0) + ((pixel * 31 * (i + noise)) % 97));
        }

        return new ImageSet("quarters", Shape, 4, pixels, labels);
    }

    /// <summary>300 pictures to train on, 100 for validation, 400 for the test.</summary>
    public static DataSplit Split()
    {
        var all = Create(400);
        return new DataSet("quarters", all, all).Split(100, new Seed(3));
    }

    /// <summary>Writes 400 pictures to train on and 100 for the test as four IDX files.</summary>
    /// <param name="folder">Created.</param>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var (train, test) = (Create(400), Create(100, noise: 13));
        Write(IdxFiles.TrainImagesName, new IdxArray(new Shape(train.Count, 8, 8), train.Pixels));
        Write(IdxFiles.TrainLabelsName, new IdxArray(new Shape(train.Count), train.Labels));
        Write(IdxFiles.TestImagesName, new IdxArray(new Shape(test.Count, 8, 8), test.Pixels));
        Write(IdxFiles.TestLabelsName, new IdxArray(new Shape(test.Count), test.Labels));

        void Write(string name, IdxArray array) => IdxWriter.Write(Path.Combine(folder, name), array);
    }
}

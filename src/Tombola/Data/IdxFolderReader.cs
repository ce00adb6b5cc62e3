using System.Numerics.Tensors;
using Tombola.Formats;
using Tombola.Tensors;

namespace Tombola.Data;

/// <summary>Reads a data set from its four IDX files and checks that they belong together.</summary>
internal static class IdxFolderReader
{
    /// <summary>Reads the files, several at a time.</summary>
    /// <param name="name">The data set's name.</param>
    /// <param name="files">Where its files are.</param>
    /// <param name="classes">
    /// Number of classes, or null to count them: one more than the largest training label.
    /// </param>
    /// <returns>The set; its pixels are the arrays the files were read into.</returns>
    /// <exception cref="InputException">A file is damaged, or contradicts another.</exception>
    internal static DataSet Read(string name, IdxFiles files, int? classes)
    {
        string[] paths = [files.TrainImages, files.TrainLabels, files.TestImages, files.TestLabels];
        var arrays = ReadAll(paths);
        var known = classes ?? TensorPrimitives.Max<byte>(arrays[1].Bytes.Span) + 1;
        var train = Join($"{name}/train", paths.AsSpan(0, 2), arrays.AsSpan(0, 2), known);
        var test = Join($"{name}/test", paths.AsSpan(2, 2), arrays.AsSpan(2, 2), known);
        if (!train.ExampleShape.Equals(test.ExampleShape))
            throw new InputException(
                $"{files.TestImages}: has images of {test.ExampleShape}, but {files.TrainImages} of "
                + $"{train.ExampleShape}; the files do not belong together.");
        return new DataSet(name, train, test);
    }

    private static IdxArray[] ReadAll(string[] paths)
    {
        var arrays = new IdxArray[paths.Length];
        var failures = new InputException?[paths.Length];
        Parallel.For(0, paths.Length, file =>
        {
            try
            {
                arrays[file] = IdxReader.Read(paths[file]);
            }
            catch (InputException failure)
            {
                failures[file] = failure;
            }
        });
        // The first in the order of the files, whichever thread failed first.
        return failures.FirstOrDefault(failure => failure is not null) is { } first ? throw first : arrays;
    }

    private static ImageSet Join(string name, ReadOnlySpan<string> paths, ReadOnlySpan<IdxArray> arrays, int classes)
    {
        var (images, labels) = (arrays[0], arrays[1]);
        if (images.Shape.Rank < 3)
            throw new InputException($"{paths[0]}: holds {images.Shape}, but images have three or four extents.");
        if (labels.Shape.Rank != 1)
            throw new InputException($"{paths[1]}: holds {labels.Shape}, but labels have one extent.");
        if (images.Shape[0] != labels.Shape[0])
            throw new InputException(
                $"{paths[1]}: holds {labels.Shape[0]} labels, but {paths[0]} holds {images.Shape[0]} images; "
                + "the files do not belong together.");
        if (ImageSet.FirstBadLabel(labels.Bytes.Span, classes) is var bad and >= 0)
            throw new InputException(
                $"{paths[1]}: label {labels.Bytes.Span[bad]} of example {bad} is outside 0 to {classes - 1}.");
        var example = new Shape(images.Shape.Extents.AsSpan(1..));
        return new ImageSet(name, example, classes, images.Bytes, labels.Bytes);
    }
}

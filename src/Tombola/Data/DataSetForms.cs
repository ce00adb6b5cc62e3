using System.Collections.Immutable;
using Tombola.Data.Cifar;

namespace Tombola.Data;

/// <summary>Lists the forms in which data sets are recognised where a place is named instead of a set.</summary>
public static class DataSetForms
{
    /// <summary>The forms, in the order in which they are tried.</summary>
    public static ImmutableArray<IDataSetForm> All { get; } = [new IdxForm(), CifarForm.Cifar10, CifarForm.Cifar100];

    /// <summary>Reads the data set of a place in whatever form it is.</summary>
    /// <param name="path">A folder or a file; the set is called like it.</param>
    /// <exception cref="InputException">It is in none of the forms, or damaged.</exception>
    public static DataSet Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (All.FirstOrDefault(form => form.MissingFrom(path).Count == 0) is { } found)
            return found.Read(Path.TrimEndingDirectorySeparator(path), path);
        // The form of which most is there is the one that was meant; the first where nothing is.
        var nearest = All.MaxBy(form => form.FileNames.Count - form.MissingFrom(path).Count)!;
        throw new InputException(
            $"'{path}' has no {string.Join(", no ", nearest.MissingFrom(path))}; "
            + $"a data set is {string.Join(", or ", All.Select(form => form.Description))}.");
    }
}

namespace Tombola.Data;

/// <summary>A form in which data sets lie on disk: tells whether a set is there, and reads it.</summary>
/// <remarks>Implementations are stateless and listed in <see cref="DataSetForms"/>.</remarks>
public interface IDataSetForm
{
    /// <summary>What a place of this form holds, in words that complete "a data set is …".</summary>
    string Description { get; }

    /// <summary>The names of the files that make up a set, without folders and compression.</summary>
    IReadOnlyList<string> FileNames { get; }

    /// <summary>Names the files that a place lacks.</summary>
    /// <param name="path">A folder, or for some forms a file; it need not exist.</param>
    /// <returns>Some of <see cref="FileNames"/>; none where the set is complete.</returns>
    IReadOnlyList<string> MissingFrom(string path);

    /// <summary>Reads a set.</summary>
    /// <param name="name">What the set is to be called.</param>
    /// <param name="path">A place that lacks nothing.</param>
    /// <exception cref="InputException">A file is damaged, or contradicts another.</exception>
    DataSet Read(string name, string path);
}

using Tombola.Tensors;

namespace Tombola.Data.Digits;

/// <summary>Describes <c>digits</c>, the set that is drawn by the program and needs no files.</summary>
public sealed record DigitsDataSet() : DataSetSource(
    "digits",
    "Handwriting-like digits drawn by the program itself; needs no files",
    new Shape(28, 28),
    10, 60_000, 10_000,
    Standard: null)
{
    /// <inheritdoc/>
    public override DataSet Load(DataFolders folders) => throw new NotImplementedException();
}

namespace Tombola.Reports.Figures;

/// <summary>A quantity that is drawn against the weights remaining.</summary>
/// <param name="Name">The name of the figure's file.</param>
/// <param name="Title">The figure's title.</param>
/// <param name="Axis">The axis' title, with its unit.</param>
/// <param name="Format">How numbers are written, in d3's notation.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Select">The value of a training.</param>
internal sealed record LevelQuantity(
    string Name, string Title, string Axis, string Format, string Caption, Func<ReportRow, double> Select);

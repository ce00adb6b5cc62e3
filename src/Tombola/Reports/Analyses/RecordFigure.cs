using System.Text.Json.Nodes;
using Tombola.Formats;

namespace Tombola.Reports.Analyses;

/// <summary>Makes figures whose marks are records: the same rows are the data of the picture and its CSV.</summary>
internal static class RecordFigure
{
    /// <summary>Makes a figure of layers over the records.</summary>
    /// <typeparam name="TRow">A record a mark; its properties are the fields, in snake_case.</typeparam>
    /// <param name="heading">Name, title and caption.</param>
    /// <param name="rows">The marks.</param>
    /// <param name="layers">How they are drawn.</param>
    internal static Figure Create<TRow>(
        FigureHeading heading, IReadOnlyList<TRow> rows, params JsonNode[] layers)
        where TRow : class =>
        new(heading.Name, heading.Title, heading.Caption,
            VegaLite.Chart(heading.Title, CanonicalJson.ToArray(rows), layers), RecordTable.Text(rows));
}

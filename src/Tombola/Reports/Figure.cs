using System.Text.Json.Nodes;

namespace Tombola.Reports;

/// <summary>A picture of results: a Vega-Lite specification with its data inside.</summary>
/// <param name="Name">The name of its file, without ending; kebab-case.</param>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Caption">How to read it, in a sentence or two.</param>
/// <param name="Specification">Vega-Lite; opens in any Vega editor.</param>
/// <param name="Data">What is drawn, a row a mark, as comma-separated values.</param>
public sealed record Figure(string Name, string Title, string Caption, JsonObject Specification, string Data);

using System.Globalization;

namespace Tombola.Reports.Analyses;

/// <summary>Numbers as figures write them.</summary>
internal static class FigureText
{
    /// <summary>Writes a fraction as a percentage with one digit after the point.</summary>
    internal static string Percent(double fraction) =>
        (100 * fraction).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>Writes a layer by the module that it belongs to: <c>fc1</c> for <c>fc1.weight</c>.</summary>
    internal static string Layer(string parameter)
    {
        const string suffix = ".weight";
        return parameter.EndsWith(suffix, StringComparison.Ordinal) ? parameter[..^suffix.Length] : parameter;
    }

    /// <summary>Writes a branch as legends call it.</summary>
    internal static string Branch(string branch) => branch == ReportRow.MainBranch ? "winning ticket" : branch;
}

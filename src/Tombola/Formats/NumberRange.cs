using System.Globalization;
using System.Text;

namespace Tombola.Formats;

/// <summary>The numbers that a key allows, and how to say so.</summary>
/// <param name="Least">The lower bound; <see cref="double.MinValue"/> for none.</param>
/// <param name="Most">The upper bound; <see cref="double.MaxValue"/> for none.</param>
/// <param name="LeastExcluded">Whether the lower bound itself is not allowed.</param>
/// <param name="MostExcluded">Whether the upper bound itself is not allowed.</param>
internal readonly record struct NumberRange(double Least, double Most, bool LeastExcluded, bool MostExcluded)
{
    private const NumberStyles Style =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a number that is allowed; infinities and NaN never are.</summary>
    /// <param name="text">For example <c>1e-3</c>.</param>
    /// <param name="value">The number.</param>
    /// <returns>Whether the text is such a number.</returns>
    internal bool TryParse(string? text, out double value) =>
        double.TryParse(text, Style, CultureInfo.InvariantCulture, out value) && double.IsFinite(value)
        && (LeastExcluded ? value > Least : value >= Least) && (MostExcluded ? value < Most : value <= Most);

    /// <summary>Says what is expected: <c>a number above 0 and of at most 1</c>.</summary>
    /// <param name="what">What kind of number.</param>
    internal string Describe(string what)
    {
        var (bounded, limited) = (Least > double.MinValue, Most < double.MaxValue);
        if (bounded && limited && !LeastExcluded && !MostExcluded)
            return FormattableString.Invariant($"{what} from {Least} to {Most}");
        var text = new StringBuilder(what);
        if (bounded)
            text.Append(FormattableString.Invariant($" {(LeastExcluded ? "above" : "of at least")} {Least}"));
        if (bounded && limited)
            text.Append(" and");
        if (limited)
            text.Append(FormattableString.Invariant($" {(MostExcluded ? "below" : "of at most")} {Most}"));
        return text.ToString();
    }

    /// <summary>Says what is expected of a whole number, without passing its bounds through floating point.</summary>
    /// <param name="least">The least value allowed; <see cref="long.MinValue"/> for any.</param>
    /// <param name="most">The largest value allowed; <see cref="long.MaxValue"/> for any.</param>
    internal static string DescribeWhole(long least, long most) =>
        (least > long.MinValue, most < long.MaxValue) switch
        {
            (true, true) => FormattableString.Invariant($"a whole number from {least} to {most}"),
            (true, false) => FormattableString.Invariant($"a whole number of at least {least}"),
            (false, true) => FormattableString.Invariant($"a whole number of at most {most}"),
            _ => "a whole number",
        };
}

using System.Globalization;

namespace Tombola.Cli.Rendering;

/// <summary>Writes large counts in three digits: 40.8 M.</summary>
internal static class Magnitudes
{
    private static readonly string[] Units = ["", " k", " M", " G", " T"];

    /// <summary>Writes a count.</summary>
    internal static string Of(long count)
    {
        var (value, unit) = ((double)count, 0);
        for (; value >= 999.5 && unit < Units.Length - 1; unit++)
            value /= 1000;
        var format = unit == 0 || value >= 99.95 ? "0" : value >= 9.995 ? "0.0" : "0.00";
        return value.ToString(format, CultureInfo.InvariantCulture) + Units[unit];
    }
}

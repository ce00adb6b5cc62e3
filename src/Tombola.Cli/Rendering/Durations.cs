using System.Globalization;

namespace Tombola.Cli.Rendering;

/// <summary>Writes times as people say them.</summary>
internal static class Durations
{
    /// <summary>Says how much time is left.</summary>
    /// <param name="time">Null where it is not known yet.</param>
    internal static string Left(TimeSpan? time) =>
        time is { } known ? Of(known.TotalSeconds) + " left" : "time left unknown";

    /// <summary>Says how long something takes.</summary>
    /// <param name="seconds">Zero or more.</param>
    internal static string Of(double seconds) => seconds switch
    {
        < 100 => seconds.ToString("0 s", CultureInfo.InvariantCulture),
        < 6_000 => (seconds / 60).ToString("0 min", CultureInfo.InvariantCulture),
        _ => (seconds / 3_600).ToString("0.0 h", CultureInfo.InvariantCulture),
    };
}

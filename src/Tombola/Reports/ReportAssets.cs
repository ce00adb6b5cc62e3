using System.Reflection;

namespace Tombola.Reports;

/// <summary>What a page is made of besides its content: style, script, version.</summary>
internal static class ReportAssets
{
    /// <summary>What to say in place of figures where the script was not built in.</summary>
    internal const string Missing =
        "The figures are not drawn, since this Tombola was built without Node.js. Build it again where node and npm "
        + "are installed; the figures' Vega-Lite files and data are complete.";

    /// <summary>The style sheet.</summary>
    internal static string Style { get; } = Read("report/report.css") ?? "";

    /// <summary>The script that draws figures; null where it was not built in.</summary>
    internal static string? Script { get; } = Read("report/report.js");

    /// <summary>Tombola's version.</summary>
    internal static string Version { get; } =
        typeof(ReportAssets).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
            .InformationalVersion.Split('+')[0] ?? "";

    private static string? Read(string name)
    {
        using var stream = typeof(ReportAssets).Assembly.GetManifestResourceStream(name);
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        // A page's script ends at the first such tag, wherever it stands.
        return reader.ReadToEnd().Replace("</script", "<\\/script", StringComparison.Ordinal);
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace Tombola.Reports;

/// <summary>Writes a report as one page of HTML that needs nothing else: no network, no other file.</summary>
internal static class ReportPage
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    /// <summary>Writes the page.</summary>
    /// <param name="runs">One or more.</param>
    /// <param name="figures">What to show of them.</param>
    /// <param name="analyses">What to show of analyses; may be empty.</param>
    /// <param name="command">The command that made the page.</param>
    internal static string Write(
        IReadOnlyList<ReportRun> runs, IReadOnlyList<Figure> figures, IReadOnlyList<Figure> analyses, string command)
    {
        var script = ReportAssets.Script;
        var page = new StringBuilder();
        var title = string.Join(" · ", runs.Select(run => run.Name));
        page.Append(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{PolicyOf(script)}">
            <title>{Text(title)} · Tombola</title>
            <style>{ReportAssets.Style}</style>
            </head>
            <body>
            <main>
            <h1>{Text(title)}</h1>

            """);
        foreach (var run in runs)
            page.Append($"<p class=\"lead\">{Text(run.Description)}</p>\n");
        foreach (var run in runs)
            VerdictTable.Write(page, run, named: runs.Count > 1);
        page.Append("<h2>Figures</h2>\n");
        if (script is null)
            page.Append($"<p class=\"lead\">{Text(ReportAssets.Missing)}</p>\n");
        foreach (var figure in figures)
            WriteFigure(page, figure, drawn: script is not null);
        if (analyses.Count > 0)
            page.Append("<h2>Analyses</h2>\n");
        foreach (var figure in analyses)
            WriteFigure(page, figure, drawn: script is not null);
        foreach (var run in runs)
            WriteRecipe(page, run);
        page.Append(
            $"""
            <footer>Made by Tombola {Text(ReportAssets.Version)} with <code>{Text(command)}</code></footer>
            </main>

            """);
        if (script is not null)
            page.Append("<script>").Append(script).Append("</script>\n");
        return page.Append("</body>\n</html>\n").ToString();
    }

    /// <summary>Escapes text for HTML.</summary>
    internal static string Text(string text) => Encoder.Encode(text);

    private static void WriteFigure(StringBuilder page, Figure figure, bool drawn)
    {
        // In a block of JSON only "<" could end the block; as an escape it is the same JSON.
        var specification = figure.Specification.ToJsonString().Replace("<", "\\u003c", StringComparison.Ordinal);
        var links = Link(figure.Name + ".csv", "text/csv", figure.Data, "CSV") + "\n"
            + Link(figure.Name + ".vl.json", "application/json", figure.Specification.ToJsonString(), "Vega-Lite");
        page.Append(
            $"""
            <figure data-title="{Text(figure.Title)}" id="{Text(figure.Name)}">
            <h3>{Text(figure.Title)}</h3>
            {(drawn ? "<div class=\"plot\"></div>" : "")}
            <script type="application/json">{specification}</script>
            <figcaption>{Text(figure.Caption)} <span class="links">{links}</span></figcaption>
            </figure>

            """);
    }

    private static void WriteRecipe(StringBuilder page, ReportRun run)
    {
        var results = File.ReadAllText(Path.Combine(run.Folder, "results.csv"));
        page.Append(
            $"""
            <h2>Recipe of {Text(run.Name)}</h2>
            <p>The whole description with every default, from <code>{Text(Path.GetFileName(run.Folder))}</code>;
            {Link("results.csv", "text/csv", results, "all results as CSV")}.</p>
            <details><summary>Show</summary><pre>{Text(run.Recipe)}</pre></details>

            """);
    }

    private static string Link(string file, string type, string content, string label) =>
        $"<a download=\"{Text(file)}\" href=\"data:{type};base64,"
        + Convert.ToBase64String(Encoding.UTF8.GetBytes(content)) + $"\">{Text(label)}</a>";

    private static string PolicyOf(string? script)
    {
        var hash = script is null
            ? "'none'"
            : $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";
        return $"default-src 'none'; script-src {hash}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
            + "form-action 'none'";
    }
}

using System.Text.RegularExpressions;

namespace Tombola.Tests.Architecture;

/// <summary>Holds the documents to links that lead somewhere.</summary>
public sealed partial class DocLinkTests
{
    [Fact]
    public void Every_relative_link_leads_to_a_file_or_folder() =>
        Repository.Files("", ".md").SelectMany(Broken).ShouldBeEmpty();

    [Fact]
    public void Links_are_found_in_text_but_not_in_code()
    {
        string[] lines =
        [
            "a [b](c.md#d) ![e](f.png \"g\") [h](https://i)",
            "```", "[j](k.md)", "```",
            "`[l](m)` [n](#o)",
        ];
        Targets(lines).ShouldBe(["c.md", "f.png"]);
    }

    private static IEnumerable<string> Broken(string document) =>
        from target in Targets(Repository.Lines(document))
        let path = Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, Uri.UnescapeDataString(target))
        where !File.Exists(path) && !Directory.Exists(path)
        select $"{document} links to {target}, which does not exist";

    private static IEnumerable<string> Targets(IEnumerable<string> lines)
    {
        var inCode = false;
        foreach (var line in lines)
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
                inCode = !inCode;
            if (inCode)
                continue;
            foreach (Match link in Link().Matches(InlineCode().Replace(line, "")))
            {
                var target = link.Groups["target"].Value.Split('#')[0];
                if (target.Length > 0 && !target.Contains(':', StringComparison.Ordinal))
                    yield return target;
            }
        }
    }

    [GeneratedRegex(@"\]\(\s*<?(?<target>[^\s)>]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();
}

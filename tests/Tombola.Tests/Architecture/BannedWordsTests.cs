using System.Text.RegularExpressions;

namespace Tombola.Tests.Architecture;

/// <summary>Keeps places that only one machine or one network has out of sources, tests and documents.</summary>
public sealed partial class BannedWordsTests
{
    /// <summary>Hosts of package registries, written apart so that this file does not name them.</summary>
    private static readonly string[] RegistryHosts =
        ["nuget" + ".org", "npmjs" + ".org", "npmjs" + ".com", "pypi" + ".org", "deb.debian" + ".org"];

    private static readonly string[] Extensions =
    [
        ".cs", ".csproj", ".props", ".slnx", ".md", ".yaml", ".yml",
        ".json", ".txt", ".sh", ".py", ".ts", ".css", ".html",
    ];

    [Fact]
    public void No_file_names_a_private_place() =>
        Repository.Files("", Extensions).Append(".ci/run")
            .Where(path => File.Exists(Path.Combine(Repository.Root, path)))
            .SelectMany(path => Repository.Lines(path).SelectMany((line, index) =>
                Found(line, path == ".ci/run").Select(word => $"{path}:{index + 1}: {word}")))
            .ShouldBeEmpty();

    [Fact]
    public void The_check_sees_private_places()
    {
        Found("see /" + "work/x", inContinuousIntegration: false).ShouldHaveSingleItem();
        Found("see '/" + "home/me/x'", inContinuousIntegration: false).ShouldHaveSingleItem();
        Found("from https://api.nuget" + ".org/v3", inContinuousIntegration: false).ShouldHaveSingleItem();
        Found("data in ../" + "shared", inContinuousIntegration: false).ShouldHaveSingleItem();
        Found("data in ../" + "shared", inContinuousIntegration: true).ShouldBeEmpty();
        Found("src/homework/x and a/" + "work/b", inContinuousIntegration: false).ShouldBeEmpty();
    }

    private static IEnumerable<string> Found(string line, bool inContinuousIntegration)
    {
        foreach (Match place in PrivatePlace().Matches(line))
            yield return place.Value;
        if (!inContinuousIntegration && line.Contains("../" + "shared", StringComparison.Ordinal))
            yield return "a folder beside the checkout";
        foreach (var host in RegistryHosts)
        {
            if (line.Contains(host, StringComparison.OrdinalIgnoreCase))
                yield return host;
        }
    }

    // Ann is nobody: her home stands in for any user's where tests look for files in one.
    [GeneratedRegex(@"(?<![\w./])/(?:work|home(?!/ann\b)|root|Users)/\w*|[A-Z]:\\Users\\\w*")]
    private static partial Regex PrivatePlace();
}

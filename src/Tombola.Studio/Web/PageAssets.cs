using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace Tombola.Studio.Web;

/// <summary>The files of the page, as they were built in.</summary>
internal static class PageAssets
{
    private const string Prefix = "page/";

    private static readonly FrozenDictionary<string, PageAsset> Files = ReadAll();

    /// <summary>Whether the script was built in.</summary>
    internal static bool HasScript => Files.ContainsKey("main.js");

    /// <summary>Finds a file; null where there is none.</summary>
    /// <param name="name">Without a folder.</param>
    internal static PageAsset? Find(string name) => Files.GetValueOrDefault(name);

    private static FrozenDictionary<string, PageAsset> ReadAll()
    {
        var assembly = typeof(PageAssets).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Prefix.Length..], name => Read(assembly, name));
    }

    private static PageAsset Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var type = Path.GetExtension(name) switch
        {
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            _ => "text/html; charset=utf-8",
        };
        return new PageAsset(content, type, $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"");
    }
}

/// <summary>A file of the page.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Tag">The entity tag: the same as long as the content is.</param>
internal sealed record PageAsset(byte[] Content, string Type, string Tag);

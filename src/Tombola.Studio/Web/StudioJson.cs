using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tombola.Studio.Web;

/// <summary>How Studio writes JSON: the names are those of the files in run folders.</summary>
internal static class StudioJson
{
    private const int DeepestRequest = 8;

    /// <summary>The options, for what is written outside of a response.</summary>
    internal static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Sets the options.</summary>
    internal static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower));
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { MaxDepth = DeepestRequest };
        Configure(options);
        return options;
    }
}

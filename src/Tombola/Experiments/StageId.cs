using System.Security.Cryptography;
using System.Text;

namespace Tombola.Experiments;

/// <summary>Names a stage by what it computes: a hash of its kind, its recipe and its parents' ids.</summary>
/// <param name="Value">40 lowercase hexadecimal digits.</param>
public readonly record struct StageId(string Value)
{
    private const int Digits = 40;

    /// <summary>Computes the id of a stage.</summary>
    /// <param name="kind">What sort of stage it is, for example <c>train</c>.</param>
    /// <param name="recipe">The canonical JSON of everything its outcome depends on, parents apart.</param>
    /// <param name="parents">The stages whose outputs it reads, in order.</param>
    public static StageId Of(string kind, string recipe, IEnumerable<StageId> parents)
    {
        ArgumentNullException.ThrowIfNull(parents);
        var text = $"{kind}\n{recipe}\n{string.Join(",", parents.Select(parent => parent.Value))}";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return new StageId(Convert.ToHexStringLower(hash)[..Digits]);
    }

    /// <summary>Tells whether a text read from a file can be an id, and thus the name of a folder.</summary>
    internal static bool IsValid(string text) => text.Length == Digits && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Returns the hexadecimal digits.</summary>
    public override string ToString() => Value;
}

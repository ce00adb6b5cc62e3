using System.Text.Json.Serialization;

namespace Tombola.Tickets.Xor;

/// <summary>A way to prune units.</summary>
/// <param name="Schedule">
/// Iterative: train, remove one unit, reset the others, and again. One-shot: train once and remove all at once.
/// </param>
/// <param name="Score">What ranks the units: <c>input-magnitude</c>, <c>output-magnitude</c> or <c>product</c>.</param>
public sealed record XorStrategy(PruningSchedule Schedule, string Score)
{
    /// <summary>The name that tables show, for example <c>iterative-product</c>.</summary>
    [JsonIgnore]
    public string Label => $"{(Schedule == PruningSchedule.OneShot ? "one-shot" : "iterative")}-{Score}";
}

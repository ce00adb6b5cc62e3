namespace Tombola.Tests.Architecture;

/// <summary>Words an assertion about sizes so that a failure names every offender with its size.</summary>
internal static class SizeAssertions
{
    /// <summary>Asserts that all sizes are within a limit.</summary>
    /// <param name="sizes">What was measured, and its size in lines or columns; at least one.</param>
    /// <param name="limit">The largest size allowed.</param>
    /// <param name="exceptions">Names that may exceed it, with the reasons.</param>
    public static void ShouldAllFit(
        this IEnumerable<(string Name, int Size)> sizes,
        int limit,
        IReadOnlyDictionary<string, string> exceptions)
    {
        var measured = sizes.ToArray();
        measured.ShouldNotBeEmpty();
        measured
            .Where(item => item.Size > limit && !exceptions.ContainsKey(item.Name))
            .Select(item => $"{item.Name} has {item.Size}, limit {limit}")
            .ShouldBeEmpty();
    }
}

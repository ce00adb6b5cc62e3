namespace Tombola.Cli.Rendering;

/// <summary>Writes the members of an enumeration of states as people read them.</summary>
internal static class StateText
{
    /// <summary>Writes a state in small letters.</summary>
    internal static string Of<T>(T state)
        where T : struct, Enum => state.ToString().ToLowerInvariant();

    /// <summary>Writes how many are in each state, in the order of the enumeration: <c>3 done, 1 running</c>.</summary>
    internal static string Counts<T>(IEnumerable<T> states)
        where T : struct, Enum =>
        string.Join(", ", states.GroupBy(state => state).OrderBy(group => group.Key)
            .Select(group => FormattableString.Invariant($"{group.Count()} {Of(group.Key)}")));
}

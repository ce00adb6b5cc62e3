namespace Tombola;

/// <summary>Reports bad input: a wrong file, key, value or name that the user can correct.</summary>
/// <remarks>
/// The message is one line that names the file, key or value, says what was expected and what to do. The command line
/// prints it as it stands, without a stack trace, and ends with exit code 2. It does not stand for defects of Tombola
/// itself or for failures of the machine while running.
/// </remarks>
public sealed class InputException : Exception
{
    /// <summary>Creates the exception with its one-line message.</summary>
    /// <param name="message">What was wrong, what was expected and what to do.</param>
    public InputException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its one-line message and the failure that revealed it.</summary>
    /// <param name="message">What was wrong, what was expected and what to do.</param>
    /// <param name="innerException">The failure that revealed the bad input.</param>
    public InputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>
    /// Creates the exception for a name that is not in a registry, pointing to the nearest one that is.
    /// </summary>
    /// <param name="what">What the name should name, in words, for example <c>preset</c>.</param>
    /// <param name="name">The name as given.</param>
    /// <param name="known">The names that would be valid.</param>
    /// <returns>An exception whose message holds the nearest valid name and all the valid ones.</returns>
    public static InputException UnknownName(string what, string name, IEnumerable<string> known)
    {
        var names = known.ToArray();
        var nearest = NearestName(name, names);
        var hint = nearest is null ? "" : $" Did you mean '{nearest}'?";
        return new InputException($"Unknown {what} '{name}'.{hint} Known: {string.Join(", ", names)}.");
    }

    /// <summary>Finds the known name with the least edit distance to a mistyped one.</summary>
    /// <param name="name">The name as given.</param>
    /// <param name="known">The valid names.</param>
    /// <returns>
    /// The nearest name, ties by order, or null where nothing is near (distance over half its length).
    /// </returns>
    public static string? NearestName(string name, IEnumerable<string> known)
    {
        var best = known
            .Select(candidate => (candidate, distance: EditDistance(name, candidate)))
            .OrderBy(pair => pair.distance)
            .FirstOrDefault();
        return best.candidate is not null && best.distance <= Math.Max(2, best.candidate.Length / 2)
            ? best.candidate
            : null;
    }

    private static int EditDistance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        var current = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(
                    Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + substitution);
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}

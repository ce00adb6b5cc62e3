namespace Tombola.Tickets.Xor;

/// <summary>The four points of XOR.</summary>
internal static class XorProblem
{
    /// <summary>Number of points.</summary>
    internal const int Points = 4;

    /// <summary>Number of inputs.</summary>
    internal const int InputCount = 2;

    /// <summary>x, [points, inputs]: 00, 01, 10, 11.</summary>
    internal static ReadOnlySpan<float> Inputs => [0, 0, 0, 1, 1, 0, 1, 1];

    /// <summary>Whether the inputs differ, one a point.</summary>
    internal static ReadOnlySpan<float> Targets => [0, 1, 1, 0];
}

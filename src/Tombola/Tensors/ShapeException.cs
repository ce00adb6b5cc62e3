namespace Tombola.Tensors;

/// <summary>Reports two shapes that do not fit each other in an operation.</summary>
public sealed class ShapeException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="operation">The operation that was asked for.</param>
    /// <param name="expected">What it needed, in words or as a shape.</param>
    /// <param name="actual">The shape it was given.</param>
    public ShapeException(string operation, string expected, Shape actual)
        : base($"{operation}: expected {expected}, got {actual}.")
    {
        Actual = actual;
    }

    /// <summary>The shape that did not fit.</summary>
    public Shape Actual { get; }
}

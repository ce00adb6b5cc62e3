namespace Tombola.Numerics.Dense;

/// <summary>Walks the depth of a product: which column of A meets which row of B next.</summary>
internal interface IDepth
{
    /// <summary>Moves to the next term.</summary>
    /// <param name="a">The distance in floats from the start of a row of A.</param>
    /// <param name="b">The distance in floats from the start of B.</param>
    void Next(out nint a, out nint b);
}

/// <summary>Takes every term, at fixed distances.</summary>
/// <param name="aStep">Floats from a column of A to the next.</param>
/// <param name="bStep">Floats from a row of B to the next.</param>
internal struct WholeDepth(nint aStep, nint bStep) : IDepth
{
    private nint _a;
    private nint _b;

    public void Next(out nint a, out nint b)
    {
        (a, b) = (_a, _b);
        _a += aStep;
        _b += bStep;
    }
}

/// <summary>Takes the listed terms; A is read along its rows.</summary>
/// <param name="list">The terms to take.</param>
/// <param name="bStep">Floats from a row of B to the next.</param>
internal unsafe struct ListedDepth(int* list, nint bStep) : IDepth
{
    private int* _next = list;

    public void Next(out nint a, out nint b)
    {
        a = *_next++;
        b = a * bStep;
    }
}

/// <summary>Takes the listed terms, each given as a pair of distances.</summary>
/// <param name="list">For each term the distance in A, then that in B, in floats.</param>
internal unsafe struct PairedDepth(int* list) : IDepth
{
    private int* _next = list;

    public void Next(out nint a, out nint b)
    {
        (a, b) = (_next[0], _next[1]);
        _next += 2;
    }
}

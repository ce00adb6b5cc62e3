namespace Tombola.Numerics.Dense;

/// <summary>What the sums of a tile start from.</summary>
internal enum TileStart
{
    /// <summary>Zero.</summary>
    Zero,

    /// <summary>The present content of C.</summary>
    Content,

    /// <summary>One number a row.</summary>
    Bias,
}

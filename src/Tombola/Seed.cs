namespace Tombola;

/// <summary>
/// Names one reproducible world: every random number of a run is a function of its seed and of a name.
/// </summary>
/// <remarks>
/// It is not the state of a generator: nothing is consumed by drawing, so components never disturb one another and a
/// resumed run needs no saved state. See <see cref="Numerics.Random.RandomStream"/>.
/// </remarks>
/// <param name="Value">Any 64-bit number; neighbouring seeds give unrelated streams.</param>
public readonly record struct Seed(ulong Value)
{
    /// <summary>Returns the decimal form used in recipes and on the command line.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

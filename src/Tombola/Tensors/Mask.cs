using System.Collections.Immutable;

namespace Tombola.Tensors;

/// <summary>Tells which weights of one parameter survive.</summary>
/// <remarks>Immutable. Density is survivors over weights; sparsity is one minus density.</remarks>
public sealed class Mask : IEquatable<Mask>
{
    private readonly ImmutableArray<bool> _survives;

    /// <summary>Creates a mask.</summary>
    /// <param name="shape">The shape of the parameter, for example <c>[outputs, inputs]</c>.</param>
    /// <param name="survives">One entry a weight, in the parameter's order; copied.</param>
    /// <exception cref="ShapeException">The number of entries is not that of the shape.</exception>
    public Mask(Shape shape, ReadOnlySpan<bool> survives)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (survives.Length != shape.Count)
            throw new ShapeException("mask", $"{survives.Length} elements", shape);
        Shape = shape;
        _survives = [.. survives];
        Survivors = survives.Count(true);
    }

    /// <summary>The shape of the parameter.</summary>
    public Shape Shape { get; }

    /// <summary>Number of surviving weights.</summary>
    public int Survivors { get; }

    /// <summary>Survivors as a fraction of the weights; 1 for a parameter without weights.</summary>
    public double Density => Shape.Count == 0 ? 1 : (double)Survivors / Shape.Count;

    /// <summary>Tells whether each weight survives, in the parameter's order.</summary>
    public ReadOnlySpan<bool> Survives => _survives.AsSpan();

    /// <summary>Creates the mask under which every weight survives.</summary>
    /// <param name="shape">The shape of the parameter.</param>
    public static Mask Full(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var survives = new bool[shape.Count];
        Array.Fill(survives, true);
        return new Mask(shape, survives);
    }

    /// <inheritdoc/>
    public bool Equals(Mask? other) =>
        other is not null && Shape.Equals(other.Shape) && Survives.SequenceEqual(other.Survives);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Mask);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Shape, Survivors);

    /// <summary>Writes shape and density, for example <c>[300, 784] at 0.211</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Shape} at {Density:0.0##}");
}

using System.Collections.Immutable;

namespace Tombola.Tensors;

/// <summary>The extents of a tensor, outermost first, for example <c>[300, 784]</c>.</summary>
/// <remarks>
/// It says nothing of memory: padding and strides are the tensor's affair. Two shapes are equal when their extents are.
/// </remarks>
public sealed class Shape : IEquatable<Shape>
{
    private readonly ImmutableArray<int> _extents;

    /// <summary>Creates a shape.</summary>
    /// <param name="extents">Each zero or more; none for a scalar.</param>
    /// <exception cref="ArgumentOutOfRangeException">An extent is negative.</exception>
    /// <exception cref="OverflowException">The element count does not fit 31 bits.</exception>
    public Shape(params ReadOnlySpan<int> extents)
    {
        var count = 1;
        foreach (var extent in extents)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(extent, nameof(extents));
            count = checked(count * extent);
        }

        _extents = [.. extents];
        Count = count;
    }

    /// <summary>Number of extents; 0 for a scalar.</summary>
    public int Rank => _extents.Length;

    /// <summary>Number of elements: the product of the extents.</summary>
    public int Count { get; }

    /// <summary>The extents, outermost first.</summary>
    public ImmutableArray<int> Extents => _extents;

    /// <summary>Returns one extent.</summary>
    /// <param name="axis">From 0, outermost first.</param>
    public int this[int axis] => _extents[axis];

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && _extents.AsSpan().SequenceEqual(other._extents.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var extent in _extents)
            hash.Add(extent);
        return hash.ToHashCode();
    }

    /// <summary>Writes the shape as <c>[300, 784]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", _extents)}]";
}

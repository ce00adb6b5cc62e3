namespace Tombola.Numerics.Convolution;

/// <summary>Which taps of a kernel meet which source positions, along one axis, for every target position.</summary>
/// <remarks>
/// Forward, targets are outputs and sources inputs; for the input gradient it is the other way round. Taps that fall
/// outside the source (the padding) or, backwards, between two strides, are left out. Positions with the same taps at
/// the same distances form a class: an axis of any length has few.
/// </remarks>
internal sealed class AxisTaps
{
    private readonly List<(int Tap, int Distance)[]> _classes = [];

    private AxisTaps(int targets) => (Origin, Class) = (new int[targets], new int[targets]);

    /// <summary>The source position from which a target's distances count.</summary>
    internal int[] Origin { get; }

    /// <summary>The class of a target.</summary>
    internal int[] Class { get; }

    /// <summary>The taps of each class, with the distance of their source from the origin.</summary>
    internal IReadOnlyList<(int Tap, int Distance)[]> Classes => _classes;

    /// <summary>Those of the forward pass.</summary>
    internal static AxisTaps Forward(int inputs, int outputs, int kernel, int stride, int padding) =>
        Create(outputs, kernel, (target, tap) =>
        {
            var source = (target * stride) - padding + tap;
            return source >= 0 && source < inputs ? source : null;
        });

    /// <summary>Those of the input gradient.</summary>
    internal static AxisTaps Backward(int inputs, int outputs, int kernel, int stride, int padding) =>
        Create(inputs, kernel, (target, tap) =>
        {
            var strided = target + padding - tap;
            return strided >= 0 && strided % stride == 0 && strided / stride < outputs ? strided / stride : null;
        });

    private static AxisTaps Create(int targets, int kernel, Func<int, int, int?> sourceOf)
    {
        var axis = new AxisTaps(targets);
        var known = new Dictionary<string, int>();
        for (var target = 0; target < targets; target++)
        {
            var taps = new List<(int Tap, int Source)>();
            for (var tap = 0; tap < kernel; tap++)
            {
                if (sourceOf(target, tap) is { } source)
                    taps.Add((tap, source));
            }

            var origin = taps.Count == 0 ? 0 : taps[0].Source;
            (int Tap, int Distance)[] entries = [.. taps.Select(entry => (entry.Tap, entry.Source - origin))];
            var key = string.Join(' ', entries);
            if (!known.TryGetValue(key, out var found))
            {
                known[key] = found = axis._classes.Count;
                axis._classes.Add(entries);
            }

            (axis.Origin[target], axis.Class[target]) = (origin, found);
        }

        return axis;
    }
}

using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Population;

/// <summary>Gradient descent of a population; an item is 64 networks, taken through all the steps.</summary>
/// <remarks>
/// The weights of 64 networks stay in the first-level cache for the whole of their training, and the sigmoid is called
/// for rows long enough to hide the call. Preactivations are computed anew on the way back: for a few inputs that is
/// as cheap as reading them.
/// </remarks>
internal unsafe struct PopulationDescent : IRangeWork
{
    private const int ItemLanes = 64;

    /// <summary>The forward pass.</summary>
    public PopulationForward Networks;

    /// <summary>0 or 1, one a point.</summary>
    public float* Targets;

    /// <summary>Scratch, [points, lanes].</summary>
    public float* HiddenSlopes;

    /// <summary>Steps to take.</summary>
    public int Steps;

    /// <summary>The learning rate divided by the number of points.</summary>
    public float Scale;

    /// <summary>Whether the biases of hidden units learn.</summary>
    public bool HiddenBiases;

    /// <summary>The number of items for a number of lanes.</summary>
    internal static int Items(int lanes) => (lanes + ItemLanes - 1) / ItemLanes;

    public readonly void Run(int from, int to)
    {
        for (var item = from; item < to; item++)
        {
            var start = (nint)item * ItemLanes;
            var end = Math.Min(start + ItemLanes, Networks.Lanes);
            switch (VectorWidth.Bits)
            {
                case 512: Descend<Lanes512>(start, end); break;
                case 256: Descend<Lanes256>(start, end); break;
                case 128: Descend<Lanes128>(start, end); break;
                default: Descend<Lanes1>(start, end); break;
            }
        }
    }

    private readonly void Descend<T>(nint from, nint to)
        where T : struct, ILanes<T>
    {
        for (var step = 0; step < Steps; step++)
        {
            Networks.Networks<T>(from, to);
            for (var point = 0; point < Networks.Size.Points; point++)
                Slopes<T>(Networks.Outputs + (point * Networks.Lanes) + from, (int)(to - from), Targets[point]);
            Update<T>(from, to);
        }
    }

    /// <summary>Turns a point's logits into <c>rate / points × (sigmoid z − t)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void Slopes<T>(float* z, int count, float target)
        where T : struct, ILanes<T>
    {
        var row = new Span<float>(z, count);
        TensorPrimitives.Sigmoid(row, row);
        for (var i = 0; i < count; i += T.Width)
            T.Store(z + i, (T.Load(z + i) - T.Broadcast(target)) * T.Broadcast(Scale));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void Update<T>(nint from, nint to)
        where T : struct, ILanes<T>
    {
        var size = Networks.Size;
        for (var lane = from; lane < to; lane += T.Width)
        {
            for (var unit = 0; unit < size.Units; unit++)
                UpdateUnit<T>(Networks.Unit(unit, lane), lane);
            Subtract(
                Networks.Weights + (size.OutputBias * Networks.Lanes) + lane,
                Sum<T>(Networks.Outputs + lane));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void UpdateUnit<T>(float* unit, nint lane)
        where T : struct, ILanes<T>
    {
        var (lanes, size) = (Networks.Lanes, Networks.Size);
        float* slopes = Networks.Outputs + lane, hidden = HiddenSlopes + lane;
        var outgoing = unit + ((size.Inputs + 1) * lanes);
        var (v, gradient) = (T.Load(outgoing), T.Zero);
        for (var point = 0; point < size.Points; point++)
        {
            var preactivation = Networks.Preactivation<T>(unit, point);
            var slope = T.Load(slopes + (point * lanes));
            gradient = T.MultiplyAdd(slope, T.Max(preactivation, T.Zero), gradient);
            T.Store(hidden + (point * lanes), T.WherePositive(preactivation, slope * v));
        }

        Subtract(outgoing, gradient);
        if (HiddenBiases)
            Subtract(unit + (size.Inputs * lanes), Sum<T>(hidden));
        for (var input = 0; input < size.Inputs; input++)
            Subtract(unit + (input * lanes), Sum<T>(hidden, Networks.Inputs + input));
    }

    /// <summary>Adds the slopes of all points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly T Sum<T>(float* slopes)
        where T : struct, ILanes<T>
    {
        var sum = T.Zero;
        for (var point = 0; point < Networks.Size.Points; point++)
            sum += T.Load(slopes + (point * Networks.Lanes));
        return sum;
    }

    /// <summary>Adds the slopes of all points, each times the input <paramref name="x"/> of its point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly T Sum<T>(float* slopes, float* x)
        where T : struct, ILanes<T>
    {
        var sum = T.Zero;
        for (var point = 0; point < Networks.Size.Points; point++)
        {
            var input = T.Broadcast(x[point * Networks.Size.Inputs]);
            sum = T.MultiplyAdd(T.Load(slopes + (point * Networks.Lanes)), input, sum);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract<T>(float* address, T change)
        where T : struct, ILanes<T> => T.Store(address, T.Load(address) - change);
}

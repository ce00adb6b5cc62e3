using System.Runtime.CompilerServices;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Population;

/// <summary>The forward pass of a population; an item is 16 networks.</summary>
internal unsafe struct PopulationForward : IRangeWork
{
    /// <summary>[rows, lanes].</summary>
    public float* Weights;

    /// <summary>x, [points, inputs].</summary>
    public float* Inputs;

    /// <summary>z, [points, lanes], overwritten.</summary>
    public float* Outputs;

    /// <summary>The extents.</summary>
    public PopulationSize Size;

    /// <summary>The floats from one row to the next.</summary>
    public nint Lanes;

    public readonly void Run(int from, int to)
    {
        var (start, end) = (from * VectorWidth.Pad, to * VectorWidth.Pad);
        switch (VectorWidth.Bits)
        {
            case 512: Networks<Lanes512>(start, end); break;
            case 256: Networks<Lanes256>(start, end); break;
            case 128: Networks<Lanes128>(start, end); break;
            default: Networks<Lanes1>(start, end); break;
        }
    }

    /// <summary>Computes the logits of the networks in some lanes.</summary>
    /// <param name="from">A multiple of the vector's width.</param>
    /// <param name="to">The end, likewise.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal readonly void Networks<T>(nint from, nint to)
        where T : struct, ILanes<T>
    {
        for (var lane = from; lane < to; lane += T.Width)
        {
            for (var point = 0; point < Size.Points; point++)
            {
                var z = T.Load(Weights + (Size.OutputBias * Lanes) + lane);
                for (var unit = 0; unit < Size.Units; unit++)
                {
                    var first = Unit(unit, lane);
                    var hidden = T.Max(Preactivation<T>(first, point), T.Zero);
                    z = T.MultiplyAdd(T.Load(first + ((Size.Inputs + 1) * Lanes)), hidden, z);
                }

                T.Store(Outputs + (point * Lanes) + lane, z);
            }
        }
    }

    /// <summary>The address of a unit's first weight in a lane; the others follow at whole rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly float* Unit(int unit, nint lane) => Weights + (unit * Size.UnitRows * Lanes) + lane;

    /// <summary>Computes <c>b + Σᵢ wᵢ xᵢ</c> of a unit for a point.</summary>
    /// <param name="unit">From <see cref="Unit"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly T Preactivation<T>(float* unit, int point)
        where T : struct, ILanes<T>
    {
        var x = Inputs + (point * Size.Inputs);
        var sum = T.Load(unit + (Size.Inputs * Lanes));
        for (var input = 0; input < Size.Inputs; input++)
            sum = T.MultiplyAdd(T.Load(unit + (input * Lanes)), T.Broadcast(x[input]), sum);
        return sum;
    }
}

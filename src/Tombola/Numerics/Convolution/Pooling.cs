using System.Runtime.CompilerServices;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Convolution;

/// <summary>Pools windows of images that do not overlap: their largest number, or their mean.</summary>
/// <remarks>Rows and columns that do not fill a window are left out. An item is a channel.</remarks>
internal unsafe struct Pooling : IRangeWork
{
    private Pass _pass;

    /// <summary>Channels, and extents of the image, of a window and of a pixel.</summary>
    public int Channels, Height, Width, WindowHeight, WindowWidth, Lanes;

    /// <summary>The images [channels, height, width, lanes], or their gradient.</summary>
    public float* X;

    /// <summary>
    /// The pooled images, or their gradient; and for each number which of its window was the largest.
    /// </summary>
    public float* Y, Choice;

    /// <summary>Whether the present content of the gradient is added to.</summary>
    public bool Accumulate;

    private enum Pass
    {
        Max,
        MaxGradient,
        Mean,
        MeanGradient,
    }

    private readonly int Window => WindowHeight * WindowWidth;

    /// <summary>Describes a pooling.</summary>
    internal static Pooling Of(int channels, int height, int width, int windowHeight, int windowWidth, int lanes) =>
        new()
        {
            Channels = channels, Height = height, Width = width, WindowHeight = windowHeight,
            WindowWidth = windowWidth, Lanes = lanes,
        };

    /// <summary>Computes the largest numbers and, in <paramref name="choice"/>, the first place of each.</summary>
    internal void Max(ThreadTeam team, FloatBuffer y, FloatBuffer choice, FloatBuffer x) =>
        Run(team, Pass.Max, x, y, choice, accumulate: false);

    /// <summary>Sends each gradient to the place that was chosen, and zero to the others.</summary>
    internal void MaxGradient(ThreadTeam team, FloatBuffer dx, FloatBuffer choice, FloatBuffer dy, bool accumulate) =>
        Run(team, Pass.MaxGradient, dx, dy, choice, accumulate);

    /// <summary>Computes the means.</summary>
    internal void Mean(ThreadTeam team, FloatBuffer y, FloatBuffer x) =>
        Run(team, Pass.Mean, x, y, null, accumulate: false);

    /// <summary>Sends each gradient to all places of its window, in equal parts.</summary>
    internal void MeanGradient(ThreadTeam team, FloatBuffer dx, FloatBuffer dy, bool accumulate) =>
        Run(team, Pass.MeanGradient, dx, dy, null, accumulate);

    /// <inheritdoc/>
    public readonly void Run(int from, int to)
    {
        switch (VectorWidth.Bits)
        {
            case 512: Run<Lanes512>(from, to); break;
            case 256: Run<Lanes256>(from, to); break;
            case 128: Run<Lanes128>(from, to); break;
            default: Run<Lanes1>(from, to); break;
        }
    }

    private void Run(ThreadTeam team, Pass pass, FloatBuffer x, FloatBuffer y, FloatBuffer? choice, bool accumulate)
    {
        (_pass, Accumulate) = (pass, accumulate);
        X = x.Pointer;
        Y = y.Pointer;
        Choice = choice is null ? null : choice.Pointer;
        team.Run(this, Channels);
    }

    private readonly void Run<T>(int from, int to)
        where T : struct, ILanes<T>
    {
        int rows = Height / WindowHeight, columns = Width / WindowWidth;
        for (var channel = from; channel < to; channel++)
        {
            // Rows and columns outside every window get no gradient.
            var leftOver = (rows * WindowHeight) != Height || (columns * WindowWidth) != Width;
            if (leftOver && !Accumulate && _pass is Pass.MaxGradient or Pass.MeanGradient)
            {
                new Span<float>(X + ((nint)channel * Height * Width * Lanes), Height * Width * Lanes).Clear();
            }

            for (var pixel = 0; pixel < rows * columns; pixel++)
            {
                var corner = (((nint)channel * Height) + (pixel / columns * WindowHeight)) * Width;
                var x = X + ((corner + (pixel % columns * WindowWidth)) * Lanes);
                var at = (((nint)channel * rows * columns) + pixel) * Lanes;
                if (_pass == Pass.Max)
                    MaxPixel<T>(x, Y + at, Choice + at);
                else if (_pass == Pass.MaxGradient)
                    MaxGradientPixel<T>(x, Y + at, Choice + at);
                else if (_pass == Pass.Mean)
                    MeanPixel<T>(x, Y + at);
                else
                    MeanGradientPixel<T>(x, Y + at);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void MaxPixel<T>(float* x, float* y, float* choice)
        where T : struct, ILanes<T>
    {
        for (var lane = 0; lane < Lanes; lane += T.Width)
        {
            var (best, place) = (T.Load(x + lane), T.Zero);
            for (var i = 1; i < Window; i++)
            {
                var value = T.Load(Place(x, i) + lane);
                place += T.WherePositive(value - best, T.Broadcast(i) - place);
                best = T.Max(best, value);
            }

            T.Store(y + lane, best);
            T.Store(choice + lane, place);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void MaxGradientPixel<T>(float* dx, float* dy, float* choice)
        where T : struct, ILanes<T>
    {
        for (var lane = 0; lane < Lanes; lane += T.Width)
        {
            var (gradient, place) = (T.Load(dy + lane), T.Load(choice + lane));
            for (var i = 0; i < Window; i++)
            {
                var distance = place - T.Broadcast(i);
                var share = gradient - T.WherePositive(distance * distance, gradient);
                var to = Place(dx, i) + lane;
                T.Store(to, Accumulate ? T.Load(to) + share : share);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void MeanPixel<T>(float* x, float* y)
        where T : struct, ILanes<T>
    {
        var part = T.Broadcast(1f / Window);
        for (var lane = 0; lane < Lanes; lane += T.Width)
        {
            var sum = T.Load(x + lane);
            for (var i = 1; i < Window; i++)
                sum += T.Load(Place(x, i) + lane);
            T.Store(y + lane, sum * part);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void MeanGradientPixel<T>(float* dx, float* dy)
        where T : struct, ILanes<T>
    {
        var part = T.Broadcast(1f / Window);
        for (var lane = 0; lane < Lanes; lane += T.Width)
        {
            var share = T.Load(dy + lane) * part;
            for (var i = 0; i < Window; i++)
            {
                var to = Place(dx, i) + lane;
                T.Store(to, Accumulate ? T.Load(to) + share : share);
            }
        }
    }

    private readonly float* Place(float* corner, int i) =>
        corner + ((((nint)(i / WindowWidth) * Width) + (i % WindowWidth)) * Lanes);
}

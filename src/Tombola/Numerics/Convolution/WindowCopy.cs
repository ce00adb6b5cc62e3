using System.Runtime.CompilerServices;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Convolution;

/// <summary>Copies windows of channels to a place of their own, pixel after pixel, and back.</summary>
internal unsafe struct WindowCopy
{
    /// <summary>The image: its first channel, the distance between channels, columns, and floats of a pixel.</summary>
    public float* Image;
    public nint ImageChannel;
    public int ImageWidth, Lanes;

    /// <summary>The copy: the distance between channels, columns, and floats of a pixel.</summary>
    public float* Copy;
    public nint CopyChannel;
    public int CopyWidth, CopyPixel;

    /// <summary>Lanes of a pixel to copy.</summary>
    public int CopyLanes;

    /// <summary>The window in the image.</summary>
    public int Row, Column, Height, Width;

    /// <summary>Number of channels.</summary>
    public int Channels;

    /// <summary>Copies from the image.</summary>
    internal readonly void Read()
    {
        switch (VectorWidth.Bits)
        {
            case 512: Read<Lanes512>(); break;
            case 256: Read<Lanes256>(); break;
            default: Read<Lanes128>(); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void Read<T>()
        where T : struct, ILanes<T>
    {
        for (var channel = 0; channel < Channels; channel++)
        {
            for (var row = 0; row < Height; row++)
            {
                var from = Image + (channel * ImageChannel) + ((((Row + row) * (nint)ImageWidth) + Column) * Lanes);
                var to = Copy + (channel * CopyChannel) + ((nint)row * CopyWidth * CopyPixel);
                for (var pixel = 0; pixel < Width; pixel++, from += Lanes, to += CopyPixel)
                {
                    CacheLines.Prefetch(from + ImageChannel, CopyLanes);
                    for (var lane = 0; lane < CopyLanes; lane += T.Width)
                        T.Store(to + lane, T.Load(from + lane));
                }
            }
        }
    }

    /// <summary>Copies back to the image, or adds to it.</summary>
    internal readonly void Write(TargetWriting writing)
    {
        switch (VectorWidth.Bits)
        {
            case 512: Write<Lanes512>(writing); break;
            case 256: Write<Lanes256>(writing); break;
            default: Write<Lanes128>(writing); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void Write<T>(TargetWriting writing)
        where T : struct, ILanes<T>
    {
        for (var channel = 0; channel < Channels; channel++)
        {
            for (var row = 0; row < Height; row++)
            {
                var to = Image + (channel * ImageChannel) + ((((Row + row) * (nint)ImageWidth) + Column) * Lanes);
                var from = Copy + (channel * CopyChannel) + ((nint)row * CopyWidth * CopyPixel);
                for (var pixel = 0; pixel < Width; pixel++, from += CopyPixel, to += Lanes)
                {
                    CacheLines.Prefetch(to + ImageChannel, CopyLanes);
                    for (var lane = 0; lane < CopyLanes; lane += T.Width)
                        writing.Store<T>(to + lane, from + lane);
                }
            }
        }
    }
}

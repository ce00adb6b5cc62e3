using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Dense;

/// <summary>Turns rows of lanes into panels of 64 rows, each panel stored lane by lane.</summary>
/// <remarks>
/// The result <c>[panel][lane][row within panel]</c> is the second operand of a product that sums over the lanes, with
/// the rows of the source as contiguous columns. Rows beyond the end of the source are zeros. An item is a panel.
/// </remarks>
internal unsafe struct Transposition : IRangeWork
{
    /// <summary>The source [rows, lanes] and the distance between its rows in floats, a multiple of 16.</summary>
    public float* Source;
    public nint SourceRow;
    public int Rows;

    /// <summary>Lanes that are wanted; the source is read up to the next multiple of 16.</summary>
    public int Lanes;

    /// <summary>The panels, each of <see cref="PanelFloats"/> floats.</summary>
    public float* Panels;

    /// <summary>Floats of a panel for a number of lanes, with room for the rounding up to 16.</summary>
    internal static int PanelFloats(int lanes) => VectorWidth.Padded(lanes) * DenseProduct.PanelColumns;

    /// <summary>Number of panels for a number of rows.</summary>
    internal static int PanelCount(int rows) => (rows + DenseProduct.PanelColumns - 1) / DenseProduct.PanelColumns;

    /// <summary>Transposes on a team.</summary>
    internal readonly void Run(ThreadTeam team) => team.Run(this, PanelCount(Rows));

    /// <inheritdoc/>
    public readonly void Run(int from, int to)
    {
        for (var panel = from; panel < to; panel++)
        {
            var target = Panels + ((nint)panel * PanelFloats(Lanes));
            for (var row = 0; row < DenseProduct.PanelColumns; row += 16)
                RunStrip((panel * DenseProduct.PanelColumns) + row, target + row);
        }
    }

    private readonly void RunStrip(int row, float* target)
    {
        if (Avx512F.IsSupported && row + 16 <= Rows)
        {
            for (var lane = 0; lane < Lanes; lane += 16)
            {
                WideSquare.Transpose(
                    Source + (row * SourceRow) + lane, SourceRow, target + ((nint)lane * DenseProduct.PanelColumns),
                    DenseProduct.PanelColumns);
            }

            return;
        }

        for (var part = 0; part < 16; part += 4)
            RunNarrowStrip(row + part, target + part);
    }

    private readonly void RunNarrowStrip(int row, float* target)
    {
        var zeros = stackalloc float[4];
        for (var i = 0; i < 4; i++)
            zeros[i] = 0;
        // Rows past the end read the same four zeros again and again.
        float* r0 = row < Rows ? Source + (row * SourceRow) : zeros;
        float* r1 = row + 1 < Rows ? Source + ((row + 1) * SourceRow) : zeros;
        float* r2 = row + 2 < Rows ? Source + ((row + 2) * SourceRow) : zeros;
        float* r3 = row + 3 < Rows ? Source + ((row + 3) * SourceRow) : zeros;
        for (var lane = 0; lane < Lanes; lane += 4)
        {
            Square(
                r0 == zeros ? r0 : r0 + lane, r1 == zeros ? r1 : r1 + lane,
                r2 == zeros ? r2 : r2 + lane, r3 == zeros ? r3 : r3 + lane,
                target + ((nint)lane * DenseProduct.PanelColumns));
        }
    }

    private static void Square(float* r0, float* r1, float* r2, float* r3, float* target)
    {
        const int stride = DenseProduct.PanelColumns;
        if (Sse.IsSupported)
        {
            Vector128<float> a = Vector128.Load(r0), b = Vector128.Load(r1);
            Vector128<float> c = Vector128.Load(r2), d = Vector128.Load(r3);
            var abLow = Sse.UnpackLow(a, b);
            var abHigh = Sse.UnpackHigh(a, b);
            var cdLow = Sse.UnpackLow(c, d);
            var cdHigh = Sse.UnpackHigh(c, d);
            Sse.MoveLowToHigh(abLow, cdLow).Store(target);
            Sse.MoveHighToLow(cdLow, abLow).Store(target + stride);
            Sse.MoveLowToHigh(abHigh, cdHigh).Store(target + (2 * stride));
            Sse.MoveHighToLow(cdHigh, abHigh).Store(target + (3 * stride));
            return;
        }

        for (var lane = 0; lane < 4; lane++)
            Vector128.Create(r0[lane], r1[lane], r2[lane], r3[lane]).Store(target + (lane * stride));
    }
}

using System.Runtime.CompilerServices;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Dense;

/// <summary>Computes <c>C (+)= A · B</c>, where the rows of B and C are contiguous lanes.</summary>
/// <remarks>
/// A [rows, depth] has any two strides, so it may be read transposed. B [depth, columns] is read in panels of 64
/// columns and blocks of 128 rows, 32 KB that stay in the first-level cache while all rows of A pass over them; wide
/// matrices are first copied panel by panel. An item of the work is one tile of six rows in one panel: sums are never
/// split, and run over the depth in order.
/// </remarks>
internal unsafe struct DenseProduct : IRangeWork
{
    /// <summary>Columns of a panel.</summary>
    internal const int PanelColumns = 64;

    private const int BlockDepth = 128;

    /// <summary>Rows of A and C.</summary>
    public int Rows;

    /// <summary>Columns of C that are written; the rows of B must hold them rounded up to 16.</summary>
    public int Columns;

    /// <summary>Columns of A and rows of B.</summary>
    public int Depth;

    /// <summary>A, with the distance in floats between its rows and between its columns.</summary>
    public float* A;
    public nint ARow, AColumn;

    /// <summary>B, with the distance in floats between its rows and between its panels.</summary>
    public float* B;
    public nint BRow, BPanel;

    /// <summary>C, with the distance in floats between its rows.</summary>
    public float* C;
    public nint CRow;

    /// <summary>Whether C's present content is added to.</summary>
    public bool Accumulate;

    private readonly int RowTiles => (Rows + Tile.Rows - 1) / Tile.Rows;

    private readonly int Panels => (Columns + PanelColumns - 1) / PanelColumns;

    /// <summary>Computes the product on a team.</summary>
    internal readonly void Run(ThreadTeam team) => team.Run(this, RowTiles * Panels);

    /// <inheritdoc/>
    public readonly void Run(int from, int to)
    {
        while (from < to)
        {
            var panel = from / RowTiles;
            var end = Math.Min(to, (panel + 1) * RowTiles);
            RunPanel(panel, from - (panel * RowTiles), end - (panel * RowTiles));
            from = end;
        }
    }

    [SkipLocalsInit]
    private readonly void RunPanel(int panel, int firstTile, int lastTile)
    {
        var columns = Math.Min(PanelColumns, Columns - (panel * PanelColumns));
        var copies = BRow != PanelColumns && lastTile - firstTile > 2;
        var space = stackalloc byte[copies ? (BlockDepth * PanelColumns * sizeof(float)) + 64 : 64];
        var copy = (float*)(((nint)space + 63) & ~63);
        for (var k = 0; k < Depth || k == 0; k += BlockDepth)
        {
            var depth = Math.Min(BlockDepth, Depth - k);
            var b = B + (panel * BPanel) + (k * BRow);
            var bRow = BRow;
            if (copies)
            {
                CopyBlock(b, bRow, copy, depth, columns);
                b = copy;
                bRow = PanelColumns;
            }

            for (var tile = firstTile; tile < lastTile; tile++)
                RunTile(tile, k, depth, b, bRow, C + (panel * PanelColumns), columns);
        }
    }

    private static void CopyBlock(float* from, nint fromRow, float* to, int rows, int columns)
    {
        var bytes = VectorWidth.Padded(columns) * sizeof(float);
        for (var row = 0; row < rows; row++)
            Buffer.MemoryCopy(from + (row * fromRow), to + (row * PanelColumns), bytes, bytes);
    }

    private readonly void RunTile(int tile, int k, int depth, float* b, nint bRow, float* c, int columns)
    {
        var row = tile * Tile.Rows;
        var last = Rows - 1;
        var a = A + (k * AColumn);
        int r1 = Math.Min(row + 1, last), r2 = Math.Min(row + 2, last), r3 = Math.Min(row + 3, last);
        int r4 = Math.Min(row + 4, last), r5 = Math.Min(row + 5, last);
        var operands = new Tile.Operands
        {
            A0 = a + (row * ARow), A1 = a + (r1 * ARow), A2 = a + (r2 * ARow),
            A3 = a + (r3 * ARow), A4 = a + (r4 * ARow), A5 = a + (r5 * ARow),
            AStep = AColumn, B = b, BStep = bRow,
            C0 = c + (row * CRow), C1 = c + (r1 * CRow), C2 = c + (r2 * CRow),
            C3 = c + (r3 * CRow), C4 = c + (r4 * CRow), C5 = c + (r5 * CRow),
            Depth = depth, Accumulate = Accumulate || k > 0,
        };
        switch (VectorWidth.Bits)
        {
            case 512: RunColumns<Lanes512>(ref operands, columns); break;
            case 256: RunColumns<Lanes256>(ref operands, columns); break;
            case 128: RunColumns<Lanes128>(ref operands, columns); break;
            default: RunColumns<Lanes1>(ref operands, columns); break;
        }
    }

    private static void RunColumns<T>(ref Tile.Operands operands, int columns)
        where T : struct, ILanes<T>
    {
        while (columns > 0)
        {
            // Only 512-bit machines are sure to have the 32 registers of the widest tile.
            var vectors = T.Width == 16 && columns >= 4 * T.Width ? 4 : columns >= 2 * T.Width ? 2 : 1;
            if (columns < T.Width)
                RunEdge<T>(operands, columns);
            else if (vectors == 4)
                Tile.Run6x4<T>(operands);
            else if (vectors == 2)
                Tile.Run6x2<T>(operands);
            else
                Tile.Run6x1<T>(operands);
            Advance(ref operands, vectors * T.Width);
            columns -= vectors * T.Width;
        }
    }

    /// <summary>Computes the last columns of rows of C that end within a vector, by way of a copy.</summary>
    private static void RunEdge<T>(Tile.Operands operands, int columns)
        where T : struct, ILanes<T>
    {
        var copy = stackalloc float[Tile.Rows * VectorWidth.Pad];
        var rows = stackalloc float*[Tile.Rows];
        rows[0] = operands.C0;
        rows[1] = operands.C1;
        rows[2] = operands.C2;
        rows[3] = operands.C3;
        rows[4] = operands.C4;
        rows[5] = operands.C5;
        for (var row = 0; row < Tile.Rows; row++)
        {
            for (var column = 0; column < columns; column++)
                copy[(row * T.Width) + column] = rows[row][column];
        }

        operands.C0 = copy;
        operands.C1 = copy + T.Width;
        operands.C2 = copy + (2 * T.Width);
        operands.C3 = copy + (3 * T.Width);
        operands.C4 = copy + (4 * T.Width);
        operands.C5 = copy + (5 * T.Width);
        Tile.Run6x1<T>(operands);
        for (var row = 0; row < Tile.Rows; row++)
        {
            for (var column = 0; column < columns; column++)
                rows[row][column] = copy[(row * T.Width) + column];
        }
    }

    private static void Advance(ref Tile.Operands operands, int columns)
    {
        operands.B += columns;
        operands.C0 += columns;
        operands.C1 += columns;
        operands.C2 += columns;
        operands.C3 += columns;
        operands.C4 += columns;
        operands.C5 += columns;
    }
}

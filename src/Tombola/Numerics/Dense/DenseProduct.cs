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

    /// <summary>One number a row to start the sums from, or null.</summary>
    public float* Bias;

    /// <summary>
    /// The terms to take, where the others are known to be zero; null for all. Depth is then their number.
    /// </summary>
    public int* Terms;

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
        var copies = BRow != PanelColumns && lastTile - firstTile > 2 && Terms is null;
        var space = stackalloc byte[copies ? (BlockDepth * PanelColumns * sizeof(float)) + 64 : 64];
        var copy = (float*)(((nint)space + 63) & ~63);
        for (var k = 0; k < Depth || k == 0; k += BlockDepth)
        {
            var block = new Block
            {
                First = k, Depth = Math.Min(BlockDepth, Depth - k), BRow = BRow,
                B = B + (panel * BPanel) + (Terms is null ? k * BRow : 0),
                C = C + (panel * PanelColumns), Columns = columns,
            };
            if (copies)
            {
                CopyBlock(block.B, BRow, copy, block.Depth, columns);
                block.B = copy;
                block.BRow = PanelColumns;
            }

            for (var tile = firstTile; tile < lastTile; tile++)
                RunTile(tile, block);
        }
    }

    private static void CopyBlock(float* from, nint fromRow, float* to, int rows, int columns)
    {
        var bytes = VectorWidth.Padded(columns) * sizeof(float);
        for (var row = 0; row < rows; row++)
            Buffer.MemoryCopy(from + (row * fromRow), to + (row * PanelColumns), bytes, bytes);
    }

    private readonly void RunTile(int tile, in Block block)
    {
        var row = tile * Tile.Rows;
        var last = Rows - 1;
        var a = Terms is null ? block.First * AColumn : 0;
        var c = block.C;
        int r1 = Math.Min(row + 1, last), r2 = Math.Min(row + 2, last), r3 = Math.Min(row + 3, last);
        int r4 = Math.Min(row + 4, last), r5 = Math.Min(row + 5, last);
        var operands = new Tile.Operands
        {
            A0 = A + a + (row * ARow), A1 = A + a + (r1 * ARow), A2 = A + a + (r2 * ARow),
            A3 = A + a + (r3 * ARow), A4 = A + a + (r4 * ARow), A5 = A + a + (r5 * ARow),
            B = block.B,
            C0 = c + (row * CRow), C1 = c + (r1 * CRow), C2 = c + (r2 * CRow),
            C3 = c + (r3 * CRow), C4 = c + (r4 * CRow), C5 = c + (r5 * CRow),
            Depth = block.Depth, Rows = Math.Min(Tile.Rows, Rows - row),
            Start = Accumulate || block.First > 0 ? TileStart.Content : Bias is null ? TileStart.Zero : TileStart.Bias,
        };
        if (operands.Start == TileStart.Bias)
        {
            (operands.Bias0, operands.Bias1, operands.Bias2) = (Bias[row], Bias[r1], Bias[r2]);
            (operands.Bias3, operands.Bias4, operands.Bias5) = (Bias[r3], Bias[r4], Bias[r5]);
        }

        if (Terms is null)
            TileRow.Run(ref operands, block.Columns, new WholeDepth(AColumn, block.BRow));
        else
            TileRow.Run(ref operands, block.Columns, new ListedDepth(Terms + block.First, block.BRow));
    }

    /// <summary>A part of the depth in one panel.</summary>
    private struct Block
    {
        public int First, Depth, Columns;
        public float* B;
        public nint BRow;
        public float* C;
    }
}

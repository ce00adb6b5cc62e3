using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Dense;

/// <summary>Covers the columns of a panel with tiles, for six rows.</summary>
internal static unsafe class TileRow
{
    /// <summary>Computes six rows of a panel.</summary>
    /// <param name="operands">Those of the first tile; moved on to the end.</param>
    /// <param name="columns">Columns of C to write.</param>
    /// <param name="depth">The terms of the sums.</param>
    internal static void Run<TDepth>(ref Tile.Operands operands, int columns, TDepth depth)
        where TDepth : struct, IDepth
    {
        switch (VectorWidth.Bits)
        {
            case 512: Run<Lanes512, TDepth>(ref operands, columns, depth); break;
            case 256: Run<Lanes256, TDepth>(ref operands, columns, depth); break;
            case 128: Run<Lanes128, TDepth>(ref operands, columns, depth); break;
            default: Run<Lanes1, TDepth>(ref operands, columns, depth); break;
        }
    }

    private static void Run<T, TDepth>(ref Tile.Operands operands, int columns, TDepth depth)
        where T : struct, ILanes<T>
        where TDepth : struct, IDepth
    {
        for (var done = 0; columns > 0;)
        {
            if (columns < T.Width && done > 0 && operands.Start != TileStart.Content)
            {
                // Nothing is added to, so the last vector may compute a few columns of its neighbour once more.
                Advance(ref operands, columns - T.Width);
                columns = T.Width;
            }

            // Only 512-bit machines are sure to have the 32 registers of the widest tile.
            var vectors = T.Width == 16 && columns >= 4 * T.Width ? 4 : columns >= 2 * T.Width ? 2 : 1;
            if (columns < T.Width)
                RunEdge<T, TDepth>(operands, columns, depth);
            else if (vectors == 4 && operands.Rows <= ShortTile.Rows)
                ShortTile.Run4x4<T, TDepth>(operands, depth);
            else if (vectors == 4)
                Tile.Run6x4<T, TDepth>(operands, depth);
            else if (vectors == 2)
                Tile.Run6x2<T, TDepth>(operands, depth);
            else
                Tile.Run6x1<T, TDepth>(operands, depth);
            Advance(ref operands, vectors * T.Width);
            columns -= vectors * T.Width;
            done += vectors * T.Width;
        }
    }

    /// <summary>Computes the last columns of rows of C that end within a vector, by way of a copy.</summary>
    private static void RunEdge<T, TDepth>(Tile.Operands operands, int columns, TDepth depth)
        where T : struct, ILanes<T>
        where TDepth : struct, IDepth
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
        Tile.Run6x1<T, TDepth>(operands, depth);
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

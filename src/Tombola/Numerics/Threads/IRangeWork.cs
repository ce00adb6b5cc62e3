namespace Tombola.Numerics.Threads;

/// <summary>Work that falls into independent items; any split of them gives the same bits.</summary>
internal interface IRangeWork
{
    /// <summary>Does the items from <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
    void Run(int from, int to);
}

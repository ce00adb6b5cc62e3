namespace Tombola.Tickets.Xor;

/// <summary>The rates that Frankle and Carbin 2018 give, to hold ours against.</summary>
/// <remarks>
/// From the first version of the paper, "Training Pruned Neural Networks", whose later versions leave XOR out; quoted
/// at second hand, see <c>docs/experiments/xor.md</c>.
/// </remarks>
/// <param name="DecisionBoundary">The fraction of trials that found the decision boundary.</param>
/// <param name="ZeroLoss">The fraction of trials that reached zero loss.</param>
public sealed record XorPublished(double DecisionBoundary, double ZeroLoss)
{
    private static readonly (string Strategy, int Hidden, int Units, XorPublished Rates)[] Table =
    [
        (XorGraph.Unpruned, 10, 10, new(0.985, 0.929)),
        (XorGraph.Unpruned, 8, 8, new(0.968, 0.875)),
        (XorGraph.Unpruned, 6, 6, new(0.925, 0.768)),
        (XorGraph.Unpruned, 4, 4, new(0.783, 0.553)),
        (XorGraph.Unpruned, 2, 2, new(0.491, 0.176)),
        ("one-shot-product", 10, 10, new(0.992, 0.933)),
        ("one-shot-product", 10, 4, new(0.980, 0.903)),
        ("one-shot-product", 10, 2, new(0.824, 0.653)),
        ("iterative-input-magnitude", 10, 10, new(0.989, 0.935)),
        ("iterative-input-magnitude", 10, 4, new(0.979, 0.922)),
        ("iterative-input-magnitude", 10, 2, new(0.838, 0.620)),
        ("iterative-output-magnitude", 10, 10, new(0.990, 0.933)),
        ("iterative-output-magnitude", 10, 4, new(0.969, 0.859)),
        ("iterative-output-magnitude", 10, 2, new(0.786, 0.561)),
        ("iterative-product", 10, 10, new(0.985, 0.929)),
        ("iterative-product", 10, 4, new(0.976, 0.903)),
        ("iterative-product", 10, 2, new(0.915, 0.794)),
    ];

    /// <summary>Finds the published rates.</summary>
    /// <returns>Null where the paper has none.</returns>
    internal static XorPublished? Find(XorNode node) => Table.FirstOrDefault(row =>
        (row.Strategy, row.Hidden, row.Units) == (node.Strategy, node.Hidden, node.Units)).Rates;
}

namespace Tombola.Reports;

/// <summary>What figures show beside the means.</summary>
public sealed record FigureChoice
{
    /// <summary>Whether bars and bands run from the least to the greatest trial.</summary>
    /// <value>Default true.</value>
    public bool Spread { get; init; } = true;

    /// <summary>Whether each trial is drawn as a point of its own.</summary>
    /// <value>Default false.</value>
    public bool Trials { get; init; }

    /// <summary>The levels that learning curves are drawn of.</summary>
    /// <value>Default null: those nearest to the paper's.</value>
    public IReadOnlyList<int>? Levels { get; init; }
}

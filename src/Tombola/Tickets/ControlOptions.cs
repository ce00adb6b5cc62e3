namespace Tombola.Tickets;

/// <summary>One control of an experiment.</summary>
public sealed record ControlOptions
{
    /// <summary>The control, by its name in <see cref="Controls.ControlRegistry"/>.</summary>
    public required string Name { get; init; }

    /// <summary>How many times it is drawn for each ticket.</summary>
    /// <value>Default 1; one or more. Frankle and Carbin 2019 draw three.</value>
    public int Draws { get; init; } = 1;
}

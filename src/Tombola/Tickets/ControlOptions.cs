using System.Text.Json.Serialization;

namespace Tombola.Tickets;

/// <summary>One control of an experiment.</summary>
public sealed record ControlOptions
{
    /// <summary>The control, by its name in <see cref="Controls.ControlRegistry"/>.</summary>
    public required string Name { get; init; }

    /// <summary>How many times it is drawn for each ticket.</summary>
    /// <value>Default 1; one or more. Frankle and Carbin 2019 draw three.</value>
    public int Draws { get; init; } = 1;

    /// <summary>How strong it is, for controls that have a strength.</summary>
    /// <value>Default 1; for noise and constants in deviations of the layer's values, ignored by the others.</value>
    public double Scale { get; init; } = 1;

    /// <summary>Whether each weight keeps the sign that it has in the ticket.</summary>
    /// <value>Default false. Source: Zhou et al. 2019.</value>
    public bool KeepSigns { get; init; }

    /// <summary>Whether the data comes in another order than for the ticket.</summary>
    /// <value>Default false.</value>
    public bool OtherOrder { get; init; }

    /// <summary>The branch of its results: the name, followed by what departs from the defaults.</summary>
    [JsonIgnore]
    public string Branch =>
        Name
        + (Scale == 1 ? "" : FormattableString.Invariant($"-{Scale}"))
        + (KeepSigns ? "-signed" : "")
        + (OtherOrder ? "-other-order" : "");
}

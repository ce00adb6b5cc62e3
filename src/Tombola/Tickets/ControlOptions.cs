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
    /// <value>
    /// Default null, which counts as 1; for noise and constants in deviations of the layer's values, ignored by others.
    /// </value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double? Scale { get; init; }

    /// <summary>Whether each weight keeps the sign that it has in the ticket.</summary>
    /// <value>Default false. Source: Zhou et al. 2019.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool KeepSigns { get; init; }

    /// <summary>Whether the data comes in another order than for the ticket.</summary>
    /// <value>Default false.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OtherOrder { get; init; }

    /// <summary>The branch of its results: the name, followed by what departs from the defaults.</summary>
    [JsonIgnore]
    public string Branch =>
        Name
        + (Scale is null ? "" : FormattableString.Invariant($"-{Scale}"))
        + (KeepSigns ? "-signed" : "")
        + (OtherOrder ? "-other-order" : "");
}

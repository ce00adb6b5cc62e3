namespace Tombola.Tickets;

/// <summary>A description as it is run: one experiment, or variants of one that differ in some keys.</summary>
/// <remarks>
/// Variants share the stages that they have in common, the dense training for example. Read from YAML by
/// <see cref="ExperimentFile.BindStudy"/>.
/// </remarks>
/// <param name="Name">The name that its run folder gets.</param>
/// <param name="Description">One line for people.</param>
/// <param name="Variants">The experiments; one without a variant's name, or several with distinct ones.</param>
public sealed record TicketStudy(string Name, string Description, IReadOnlyList<TicketExperiment> Variants)
{
    /// <summary>Makes a study of one experiment.</summary>
    /// <param name="experiment">The experiment.</param>
    public static TicketStudy Of(TicketExperiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return new TicketStudy(experiment.Name, experiment.Description, [experiment]);
    }

    /// <summary>Returns the study at a fraction of its size, for a quick look; see <see cref="Scaling"/>.</summary>
    /// <param name="scale">More than 0, at most 1, which changes nothing.</param>
    /// <exception cref="InputException">The scale is out of range.</exception>
    public TicketStudy Scaled(double scale) =>
        new(Scaling.NameOf(Name, scale), Description, [.. Variants.Select(variant => Scaling.Apply(variant, scale))]);
}

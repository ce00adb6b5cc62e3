namespace Tombola.Reports.Analyses;

/// <summary>What a figure is called and how to read it.</summary>
/// <param name="Name">The name of its file, without ending; kebab-case.</param>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Caption">How to read it, in a sentence or two.</param>
internal sealed record FigureHeading(string Name, string Title, string Caption)
{
    /// <summary>Returns the heading of the same figure of one experiment, which names its variant.</summary>
    /// <param name="experiment">The full name: after a slash the variant, where there are several.</param>
    internal FigureHeading Of(string experiment)
    {
        var slash = experiment.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            return this;
        var variant = experiment[(slash + 1)..];
        return this with { Name = $"{Name}-{variant}", Title = $"{Title}, {variant}" };
    }

    /// <summary>Returns the heading of the same figure at one level, which the caption names.</summary>
    /// <param name="density">Survivors of the network at the level, a fraction.</param>
    internal FigureHeading At(double density) =>
        this with { Caption = $"{Caption} At {FigureText.Percent(density)} of the weights." };

    /// <summary>Returns the heading of the same figure of one layer.</summary>
    /// <param name="layer">The parameter, for example <c>fc1.weight</c>.</param>
    internal FigureHeading OfLayer(string layer) => this with
    {
        Name = $"{Name}-{FigureText.Layer(layer)}", Title = $"{Title}: {FigureText.Layer(layer)}",
    };
}

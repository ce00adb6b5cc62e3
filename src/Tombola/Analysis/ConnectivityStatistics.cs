namespace Tombola.Analysis;

/// <summary>The connections of the units on one side of a layer at a level, all trials together.</summary>
/// <param name="Experiment">The name of the experiment, with that of its variant.</param>
/// <param name="Branch">Whose masks: <c>winning-ticket</c>, or a control with masks of its own.</param>
/// <param name="Level">Rounds of pruning, from 1.</param>
/// <param name="Density">Survivors of the network as a fraction.</param>
/// <param name="Layer">The parameter, for example <c>fc1.weight</c>.</param>
/// <param name="Side">
/// <c>incoming</c>: into the units of the layer; <c>outgoing</c>: out of the units, or pixels, that it reads.
/// </param>
/// <param name="Trials">Masks pooled.</param>
/// <param name="Units">Units on that side.</param>
/// <param name="Possible">Connections of a unit in the unpruned network.</param>
/// <param name="Mean">The mean number of connections of a unit.</param>
/// <param name="Deviation">Its standard deviation over units and trials.</param>
/// <param name="DeviationByChance">What it would be if as many survivors lay anywhere in the layer.</param>
/// <param name="Min">The least.</param>
/// <param name="LowerQuartile">A quarter of the units have fewer.</param>
/// <param name="Median">Half of the units have fewer.</param>
/// <param name="UpperQuartile">Three quarters of the units have fewer.</param>
/// <param name="Max">The most.</param>
/// <param name="Unconnected">The fraction of units with no connection left on that side.</param>
public sealed record ConnectivityStatistics(
    string Experiment, string Branch, int Level, double Density, string Layer, string Side, int Trials, int Units,
    int Possible, double Mean, double Deviation, double DeviationByChance, double Min, double LowerQuartile,
    double Median, double UpperQuartile, double Max, double Unconnected);

/// <summary>A bin of the distribution of connections over units.</summary>
/// <param name="Experiment">The name of the experiment, with that of its variant.</param>
/// <param name="Branch">Whose masks.</param>
/// <param name="Level">Rounds of pruning, from 1.</param>
/// <param name="Density">Survivors of the network as a fraction.</param>
/// <param name="Layer">The parameter.</param>
/// <param name="Side"><c>incoming</c> or <c>outgoing</c>.</param>
/// <param name="From">The least number of connections in the bin.</param>
/// <param name="Below">One more than the largest.</param>
/// <param name="Units">Units in the bin, all trials together.</param>
/// <param name="Share">These as a fraction.</param>
public sealed record ConnectivityBin(
    string Experiment, string Branch, int Level, double Density, string Layer, string Side, int From, int Below,
    long Units, double Share);

/// <summary>How many connections lead from a pixel into the network.</summary>
/// <param name="Experiment">The name of the experiment, with that of its variant.</param>
/// <param name="Branch">Whose masks.</param>
/// <param name="Level">Rounds of pruning, from 1.</param>
/// <param name="Density">Survivors of the network as a fraction.</param>
/// <param name="Row">From 0, at the top.</param>
/// <param name="Column">From 0, at the left.</param>
/// <param name="Connections">The mean over trials.</param>
public sealed record PixelConnections(
    string Experiment, string Branch, int Level, double Density, int Row, int Column, double Connections);

/// <summary>The connections of one unit of one mask.</summary>
/// <param name="Experiment">The name of the experiment, with that of its variant.</param>
/// <param name="Branch">Whose mask.</param>
/// <param name="Trial">From 1.</param>
/// <param name="Level">Rounds of pruning, from 1.</param>
/// <param name="Layer">The parameter.</param>
/// <param name="Side"><c>incoming</c> or <c>outgoing</c>.</param>
/// <param name="Unit">From 0; a pixel, row by row, where the layer reads pictures.</param>
/// <param name="Connections">Its surviving connections on that side.</param>
public sealed record ConnectivityUnit(
    string Experiment, string Branch, int Trial, int Level, string Layer, string Side, int Unit, int Connections);

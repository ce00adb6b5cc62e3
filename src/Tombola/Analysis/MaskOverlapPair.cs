namespace Tombola.Analysis;

/// <summary>How far two masks agree in a layer.</summary>
/// <param name="Between">What they differ in: <c>trials</c>, <c>branches</c> or <c>methods</c>.</param>
/// <param name="Run">The run of the first mask: the name of its folder.</param>
/// <param name="Experiment">Its experiment, with the variant.</param>
/// <param name="Branch">Its branch.</param>
/// <param name="Trial">Its trial, from 1.</param>
/// <param name="OtherRun">The run of the second mask.</param>
/// <param name="OtherExperiment">Its experiment, with the variant.</param>
/// <param name="OtherBranch">Its branch.</param>
/// <param name="OtherTrial">Its trial, from 1.</param>
/// <param name="Level">Rounds of pruning of both, from 1.</param>
/// <param name="Layer">The parameter, or <c>all</c> for the whole network.</param>
/// <param name="Weights">Weights of the layer.</param>
/// <param name="Survivors">Those that survive in the first mask.</param>
/// <param name="OtherSurvivors">Those that survive in the second.</param>
/// <param name="Intersection">Those that survive in both.</param>
/// <param name="Expected">The mean of the intersection if either mask were drawn at random, layer by layer.</param>
/// <param name="Ratio">Intersection over expected; null where none is expected.</param>
/// <param name="Jaccard">Intersection over union; null where nothing survives.</param>
/// <param name="JaccardByChance">The same for the expected intersection.</param>
/// <param name="Deviations">
/// Intersection minus expected, in standard deviations of chance; null where chance leaves no choice.
/// </param>
public sealed record MaskOverlapPair(
    string Between, string Run, string Experiment, string Branch, int Trial, string OtherRun, string OtherExperiment,
    string OtherBranch, int OtherTrial, int Level, string Layer, long Weights, long Survivors, long OtherSurvivors,
    long Intersection, double Expected, double? Ratio, double? Jaccard, double? JaccardByChance, double? Deviations);

/// <summary>How far masks agree in a layer at a level, in the mean over pairs.</summary>
/// <param name="Between">What the masks of a pair differ in: <c>trials</c>, <c>branches</c> or <c>methods</c>.</param>
/// <param name="Run">The run of the first masks.</param>
/// <param name="Experiment">Their experiment, with the variant.</param>
/// <param name="Branch">Their branch.</param>
/// <param name="OtherRun">The run of the second masks.</param>
/// <param name="OtherExperiment">Their experiment, with the variant.</param>
/// <param name="OtherBranch">Their branch.</param>
/// <param name="Level">Rounds of pruning, from 1.</param>
/// <param name="Layer">The parameter, or <c>all</c> for the whole network.</param>
/// <param name="Pairs">Pairs of masks.</param>
/// <param name="Density">Survivors of the first masks as a fraction of the layer.</param>
/// <param name="OtherDensity">Survivors of the second masks as a fraction of the layer.</param>
/// <param name="Intersection">The mean number of weights that survive in both.</param>
/// <param name="Expected">The mean of what chance would give.</param>
/// <param name="Ratio">The mean of intersection over expected.</param>
/// <param name="RatioMin">The least of any pair.</param>
/// <param name="RatioMax">The largest of any pair.</param>
/// <param name="Jaccard">The mean of intersection over union.</param>
/// <param name="JaccardByChance">The mean of the same for the expected intersection.</param>
/// <param name="Deviations">The mean distance from chance in its standard deviations.</param>
public sealed record MaskOverlapSummary(
    string Between, string Run, string Experiment, string Branch, string OtherRun, string OtherExperiment,
    string OtherBranch, int Level, string Layer, int Pairs, double Density, double OtherDensity, double Intersection,
    double Expected, double? Ratio, double? RatioMin, double? RatioMax, double? Jaccard, double? JaccardByChance,
    double? Deviations);

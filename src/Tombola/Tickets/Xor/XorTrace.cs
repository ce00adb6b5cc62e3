using Tombola.Numerics.Threads;
using Tombola.Pruning.Units;

namespace Tombola.Tickets.Xor;

/// <summary>The training of one small network on XOR, moment by moment, to be watched.</summary>
/// <param name="Frames">From before the first step to after the last.</param>
/// <param name="Scores">What ranks the units for pruning, one a unit that is left, after training.</param>
/// <param name="Learnt">Whether the loss after training counts as zero.</param>
public sealed record XorTrace(IReadOnlyList<XorFrame> Frames, IReadOnlyList<double> Scores, bool Learnt)
{
    /// <summary>Trains a network.</summary>
    /// <remarks>A pure function of its options: the same network, pruned and reset, is trained as experiments do.
    /// </remarks>
    /// <param name="options">Which network, and how often to look.</param>
    /// <exception cref="InputException">An option is out of range.</exception>
    public static XorTrace Train(XorTraceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var score = UnitScoreRegistry.Get(options.Score);
        var training = options.Training;
        var start = XorNetworks.Draw(options.Seed, trials: 1, options.Hidden, training.Deviation);
        using var team = new ThreadTeam(1);
        using var population = start.Keep([[.. options.Kept ?? Enumerable.Range(0, options.Hidden)]]).ToPopulation();
        var frames = new List<XorFrame>();
        var done = 0;
        for (var frame = 0; frame < options.Frames; frame++)
        {
            // The last frame is the end of training whatever the number of frames.
            var step = (int)((long)training.Steps * frame / Math.Max(1, options.Frames - 1));
            population.Descend(team, step - done, training.LearningRate, training.HiddenBiases);
            done = step;
            frames.Add(XorFrame.Of(XorNetworks.Of(population), XorTrials.Of(population, team)[0], step, options, team));
        }

        var (trained, last) = (XorNetworks.Of(population), XorTrials.Of(population, team)[0]);
        return new XorTrace(
            frames,
            [.. Enumerable.Range(0, trained.Units).Select(
                unit => score.Score(trained.Incoming(0, unit), trained.Outgoing(0, unit)))],
            XorVerdict.Of(last, new XorScoringOptions()).ZeroLoss);
    }
}

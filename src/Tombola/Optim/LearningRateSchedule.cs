using System.Collections.Frozen;

namespace Tombola.Optim;

/// <summary>The learning rate as a function of the step.</summary>
/// <remarks>
/// A pure function, so a training that starts in the middle needs no state. Warm-up multiplies whatever schedule
/// follows by <c>min(1, (step + 1) / warm-up)</c>: it is linear from 0 and the schedule runs on beneath it.
/// </remarks>
public sealed class LearningRateSchedule
{
    private static readonly FrozenDictionary<string, Entry> Table = new Dictionary<string, Entry>
    {
        ["constant"] = new("always the optimizer's rate", (_, _, _, _) => 1),
        ["step"] = new(
            "multiplied by schedule.factor at each of schedule.milestones",
            (options, _, _, step) => Math.Pow(options.Factor, MilestonesPassed(options.Milestones, step))),
        ["exponential"] = new(
            "decays evenly to schedule.factor times the rate at the end",
            (options, _, total, step) => Math.Pow(options.Factor, (double)step / total)),
        ["cosine"] = new(
            "half a cosine from the rate to schedule.final (Loshchilov and Hutter 2017)",
            (options, rate, total, step) =>
            {
                var final = options.Final / rate;
                return final + ((1 - final) * (1 + Math.Cos(Math.PI * Math.Min(step, total) / total)) / 2);
            }),
    }.ToFrozenDictionary();

    private readonly ScheduleOptions _options;
    private readonly Entry _entry;
    private readonly double _rate;
    private readonly long _total;

    private LearningRateSchedule(ScheduleOptions options, double rate, long total) =>
        (_options, _entry, _rate, _total) = (options, Table[options.Name], rate, total);

    /// <summary>The names, in alphabetical order, with a line of description each.</summary>
    public static IReadOnlyList<(string Name, string Description)> All { get; } =
        [.. Table.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value.Description))];

    /// <summary>Creates a schedule.</summary>
    /// <param name="options">Which one, and its numbers.</param>
    /// <param name="rate">The optimizer's rate, more than 0.</param>
    /// <param name="total">Steps of the whole training, one or more.</param>
    /// <exception cref="InputException">An option is unknown or out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate or the total is not positive.</exception>
    public static LearningRateSchedule Create(ScheduleOptions options, double rate, long total)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(total);
        Validate(options);
        return new LearningRateSchedule(options, rate, total);
    }

    /// <summary>Checks options without creating anything.</summary>
    /// <param name="options">Which schedule, and its numbers.</param>
    /// <exception cref="InputException">An option is unknown or out of range.</exception>
    public static void Validate(ScheduleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!Table.ContainsKey(options.Name))
            throw InputException.UnknownName("schedule", options.Name, Table.Keys.Order(StringComparer.Ordinal));
        if (options.Name == "step" && options.Milestones.Count == 0)
            throw new InputException("schedule.milestones: 'step' needs the steps at which the rate drops.");
        if (options.Milestones.Prepend(0).Zip(options.Milestones).Any(pair => pair.First >= pair.Second))
            throw new InputException("schedule.milestones: expected steps from 1 on, in ascending order.");
        if (!(options.Factor > 0) || !double.IsFinite(options.Factor))
            throw OutOfRange("factor", "a number above 0", options.Factor);
        if (options.WarmUp < 0)
            throw OutOfRange("warm-up", "0 or more steps", options.WarmUp);
        if (!(options.Final >= 0) || !double.IsFinite(options.Final))
            throw OutOfRange("final", "0 or more", options.Final);
    }

    /// <summary>Returns the learning rate of a step.</summary>
    /// <param name="step">From 0.</param>
    public double At(long step)
    {
        var warmth = _options.WarmUp == 0 ? 1 : Math.Min(1, (step + 1.0) / _options.WarmUp);
        return _rate * warmth * _entry.Share(_options, _rate, _total, step);
    }

    private static InputException OutOfRange(string key, string expected, double value) =>
        new(FormattableString.Invariant($"schedule.{key}: expected {expected}, got {value}."));

    // A loop, since this runs at every step and must leave no garbage.
    private static int MilestonesPassed(IReadOnlyList<long> milestones, long step)
    {
        var passed = 0;
        while (passed < milestones.Count && step >= milestones[passed])
            passed++;
        return passed;
    }

    private sealed record Entry(string Description, Func<ScheduleOptions, double, long, long, double> Share);
}

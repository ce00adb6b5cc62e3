namespace Tombola.Experiments;

/// <summary>How far a run is: the content of <c>status.json</c> in its folder.</summary>
/// <param name="State">Whether it goes on; a running one whose <paramref name="Updated"/> is old was killed.</param>
/// <param name="Process">The id of the process that computes it.</param>
/// <param name="Machine">The name of its machine.</param>
/// <param name="Started">When the process began with it.</param>
/// <param name="Updated">When this was written; at least every <see cref="StatusFile.Heartbeat"/>.</param>
/// <param name="Trainings">Trainings in all.</param>
/// <param name="Ended">Trainings that ended or were found in the store.</param>
/// <param name="Fraction">The work done as a fraction.</param>
/// <param name="SecondsLeft">Estimated from the pace so far; null while there is none.</param>
/// <param name="Stages">What is computed now.</param>
/// <param name="Command">The command line that repeats it; empty where a program started it.</param>
public sealed record RunStatus(
    RunState State, int Process, string Machine, DateTimeOffset Started, DateTimeOffset Updated, int Trainings,
    int Ended, double Fraction, double? SecondsLeft, IReadOnlyList<RunningStage> Stages,
    string Command = "");

/// <summary>A stage that is computed now.</summary>
/// <param name="Stage">Its id.</param>
/// <param name="Label">What people call it, for example <c>winning-ticket · trial 1 · level 3</c>.</param>
/// <param name="Done">Units done, for a training its optimizer steps.</param>
/// <param name="Total">Units in all.</param>
/// <param name="Detail">A few words on its present state.</param>
/// <param name="Points">What it reported so far; thinned out where there is much.</param>
public sealed record RunningStage(
    string Stage, string Label, long Done, long Total, string Detail, IReadOnlyList<StagePoint> Points);

/// <summary>What a stage reported at one moment.</summary>
/// <param name="Done">Units done.</param>
/// <param name="Value">For a training its test accuracy, a fraction.</param>
public sealed record StagePoint(long Done, double Value);

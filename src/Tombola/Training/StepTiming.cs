namespace Tombola.Training;

/// <summary>What a timing came to; its names are those of <c>tombola bench --json</c>.</summary>
/// <param name="Model">The name of the network.</param>
/// <param name="Density">Surviving weights as a fraction.</param>
/// <param name="Threads">Threads of the training.</param>
/// <param name="MsPerStep">Median over short runs, in milliseconds, batch assembly and optimizer included.</param>
/// <param name="FlopsPerStep">Multiplications and additions of the three products on the surviving weights.</param>
/// <param name="PeakFraction">These operations a second over the machine's fused multiply-add peak.</param>
/// <param name="StateBytes">Memory of weights, gradients, indices and optimizer state.</param>
public sealed record StepTiming(
    string Model, double Density, int Threads, double MsPerStep, double FlopsPerStep, double PeakFraction,
    long StateBytes);

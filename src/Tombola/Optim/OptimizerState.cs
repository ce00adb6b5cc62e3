using Tombola.Numerics.Memory;

namespace Tombola.Optim;

/// <summary>A buffer of numbers that an optimizer carries from step to step, for checkpoints.</summary>
/// <param name="Name">Unique in the optimizer: state and parameter, for example <c>adam.m/fc1.weight</c>.</param>
/// <param name="Values">One number a value of the parameter; owned by the optimizer, may be overwritten.</param>
public sealed record OptimizerState(string Name, FloatBuffer Values);

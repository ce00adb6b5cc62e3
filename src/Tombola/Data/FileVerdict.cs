namespace Tombola.Data;

/// <summary>Says what a check of one file of a data set found.</summary>
/// <param name="Name">The file's published name, without compression.</param>
/// <param name="Path">Where it is, or would be.</param>
/// <param name="State">How far it can be trusted.</param>
/// <param name="Detail">What was checked, or what is wrong, in one line.</param>
public sealed record FileVerdict(string Name, string Path, FileState State, string Detail);

namespace Tombola.Experiments;

/// <summary>Who computes a stage: the file <c>lease.json</c>.</summary>
/// <param name="Token">Drawn for each lease.</param>
/// <param name="Host">The name of the machine, for people.</param>
/// <param name="Process">The process and the machine's start that its number belongs to.</param>
/// <param name="Beat">Counts signs of life.</param>
/// <param name="Released">Whether the holder is done with it.</param>
internal sealed record LeaseHolder(string Token, string Host, ProcessMark Process, long Beat, bool Released)
{
    /// <summary>Returns process and machine in words.</summary>
    public override string ToString() => FormattableString.Invariant($"process {Process.Number} on {Host}");
}

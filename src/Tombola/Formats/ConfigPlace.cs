namespace Tombola.Formats;

/// <summary>Where a node of a configuration was written.</summary>
/// <param name="Source">A file, or an option of the command line such as <c>--set training.steps</c>.</param>
/// <param name="Line">From 1; 0 for an option.</param>
/// <param name="Column">From 1; 0 for an option.</param>
internal readonly record struct ConfigPlace(string Source, long Line = 0, long Column = 0)
{
    /// <summary>Returns <c>file:line:column</c>, or the option.</summary>
    public override string ToString() => Line == 0 ? Source : FormattableString.Invariant($"{Source}:{Line}:{Column}");
}

namespace Tombola.Formats;

/// <summary>The way from the root of a configuration to a node, written out only when a message needs it.</summary>
/// <remarks>
/// Written out for every node, a long key above many others would take far more memory than its file.
/// </remarks>
/// <param name="Parent">The way to the list or mapping around the node; null for the root.</param>
/// <param name="Part">The key or index within that; empty for the root.</param>
internal sealed record ConfigPath(ConfigPath? Parent, string Part)
{
    /// <summary>The way to the root: an empty one.</summary>
    internal static ConfigPath Root { get; } = new(null, "");

    /// <summary>Makes the way to a child.</summary>
    /// <param name="part">Its key or index.</param>
    internal ConfigPath To(string part) => new(this, part);

    /// <summary>Returns the dotted key: <c>controls.0.draws</c>.</summary>
    public override string ToString()
    {
        var parts = new Stack<string>();
        for (var path = this; path.Parent is not null; path = path.Parent)
            parts.Push(path.Part);
        return string.Join('.', parts);
    }
}

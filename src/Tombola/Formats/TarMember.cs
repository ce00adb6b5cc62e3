namespace Tombola.Formats;

/// <summary>A file within a tar archive, at which the reading of the archive stands.</summary>
/// <param name="archive">The archive's path, for messages.</param>
/// <param name="name">The name within the archive: any text, to be compared and not to be used as a path.</param>
/// <param name="length">Length in bytes as the header claims it.</param>
/// <param name="content">The archive, uncompressed, at the beginning of the file.</param>
internal sealed class TarMember(string archive, string name, long length, Stream content)
{
    /// <summary>The name within the archive.</summary>
    internal string Name { get; } = name;

    /// <summary>Length in bytes as the header claims it.</summary>
    internal long Length { get; } = length;

    /// <summary>Bytes not yet read.</summary>
    internal long Remaining { get; private set; } = length;

    /// <summary>Reads the next bytes.</summary>
    /// <param name="target">Filled; no longer than what remains.</param>
    /// <exception cref="InputException">The archive ends before.</exception>
    internal void Read(Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(target.Length, Remaining, nameof(target));
        if (content.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) < target.Length)
            throw new InputException($"{archive}: ends within {Excerpt.Quote(Name)}; get the file anew.");
        Remaining -= target.Length;
    }
}

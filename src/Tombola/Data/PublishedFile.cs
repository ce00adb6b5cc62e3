namespace Tombola.Data;

/// <summary>Describes one published file of a data set, and judges whether a file is that one.</summary>
/// <param name="Name">Its published name, without compression where that is not part of its form.</param>
public abstract record PublishedFile(string Name)
{
    /// <summary>The name under which it is downloaded and kept.</summary>
    public abstract string ArchiveName { get; }

    /// <summary>More bytes than a download of it can have.</summary>
    internal abstract long DownloadLimit { get; }

    /// <summary>Whether the download's own hash is known, so that nothing else may be put in place.</summary>
    internal abstract bool IsArchiveKnown { get; }

    /// <summary>Finds it in a folder, in any of its forms.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <returns>Its path, or null where it is not there.</returns>
    internal abstract string? FindIn(string folder);

    /// <summary>Checks one file: its form, its extents and, where a hash is known, its bytes.</summary>
    /// <param name="path">The file, which exists.</param>
    internal abstract FileVerdict Verify(string path);
}

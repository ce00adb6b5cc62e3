namespace Tombola.Data.Download;

/// <summary>Tells how far the download of a file is.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Mirror">Where it comes from; null when it was there already.</param>
/// <param name="Received">Bytes on this machine, those of earlier attempts included.</param>
/// <param name="Total">Bytes in all, or null where the mirror did not say.</param>
/// <param name="Trouble">Why an attempt ended and another follows, in one line; null while all is well.</param>
public readonly record struct DownloadProgress(string File, Uri? Mirror, long Received, long? Total, string? Trouble);

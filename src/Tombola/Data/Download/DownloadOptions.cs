namespace Tombola.Data.Download;

/// <summary>Says how patient a download is.</summary>
public sealed record DownloadOptions
{
    /// <summary>How long a mirror may send nothing before the connection is given up and resumed.</summary>
    /// <value>Default 30 seconds.</value>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many times in a row a mirror is tried without getting further, before the next one is.</summary>
    /// <value>Default 4; at least 1.</value>
    public int Attempts { get; init; } = 4;

    /// <summary>The pause before the second attempt; each further one doubles it, up to 32 times.</summary>
    /// <value>Default 1 second.</value>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);
}

using Tombola.Data;

namespace Tombola.Studio;

/// <summary>Where Studio listens and what it shows.</summary>
public sealed record StudioOptions
{
    /// <summary>The host that is this machine alone.</summary>
    public const string Loopback = "127.0.0.1";

    /// <summary>The folder of the run store; it need not exist yet.</summary>
    public required string Store { get; init; }

    /// <summary>The address or name to listen on.</summary>
    /// <value>Default 127.0.0.1; any other that is not this machine alone makes <see cref="Token"/> necessary.</value>
    public string Host { get; init; } = Loopback;

    /// <summary>The port; 0 for any that is free.</summary>
    /// <value>Default 4040.</value>
    public int Port { get; init; } = 4040;

    /// <summary>What a browser must know to be let in; empty for nothing.</summary>
    /// <value>Default empty; drawn at random where the host is not this machine alone.</value>
    public string Token { get; init; } = "";

    /// <summary>Where data sets are looked for.</summary>
    /// <value>Default: the user's cache and the system's folder.</value>
    public DataFolders Data { get; init; } = DataFolders.FromEnvironment(null, _ => null);

    /// <summary>The file that keeps this machine's break-even densities; null for the memory alone.</summary>
    public string? BreakEvenFile { get; init; }

    /// <summary>Tells the time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

namespace Tombola.Data.Download;

/// <summary>Reports that one attempt to transfer a file failed through no fault of the user.</summary>
internal sealed class TransferException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, in a few words without a full stop.</param>
    /// <param name="mayRetry">Whether the same mirror may do better at another attempt.</param>
    /// <param name="innerException">The failure behind it, or null.</param>
    internal TransferException(string message, bool mayRetry, Exception? innerException = null)
        : base(message, innerException) =>
        MayRetry = mayRetry;

    /// <summary>Whether the same mirror may do better at another attempt.</summary>
    internal bool MayRetry { get; }
}

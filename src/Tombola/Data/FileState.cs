namespace Tombola.Data;

/// <summary>Says how far a file of a data set can be trusted.</summary>
public enum FileState
{
    /// <summary>Its content has the hash its makers' file has.</summary>
    Verified,

    /// <summary>It is whole and holds what it should by its form, but no hash of its content is known.</summary>
    Sound,

    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It cannot be read, or holds something else.</summary>
    Damaged,
}

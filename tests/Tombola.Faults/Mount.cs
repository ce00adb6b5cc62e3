namespace Tombola.Faults;

/// <summary>A file system in memory that can be full or locked, for stores.</summary>
internal sealed class Mount : IDisposable
{
    private readonly string _folder;

    private Mount(string folder) => _folder = folder;

    /// <summary>Mounts it.</summary>
    /// <param name="folder">Where, created.</param>
    /// <param name="size">As mount takes it, for example <c>2m</c>.</param>
    /// <returns>Null where that is not possible: only root may do it, and not everywhere.</returns>
    public static Mount? TryCreate(string folder, string size)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        Directory.CreateDirectory(folder);
        return Cli.Start("mount", "/", "-t", "tmpfs", "-o", $"size={size}", "tombola-test", folder).ExitCode == 0
            ? new Mount(folder)
            : null;
    }

    /// <summary>Changes size or writability.</summary>
    /// <param name="options">As mount takes them, for example <c>ro</c>.</param>
    public void Change(string options) =>
        Cli.Start("mount", "/", "-o", $"remount,{options}", _folder).ExitCode.ShouldBe(0);

    public void Dispose() => Cli.Start("umount", "/", "-l", _folder);
}

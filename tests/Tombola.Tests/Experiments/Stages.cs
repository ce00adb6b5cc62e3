using Tombola.Experiments;

namespace Tombola.Tests.Experiments;

/// <summary>Makes stages that write their name into <c>out.txt</c> and remember that they ran.</summary>
internal sealed class Stages
{
    private readonly Lock _gate = new();
    private readonly List<string> _computed = [];

    /// <summary>The names of the stages that ran to their end, in order.</summary>
    public IReadOnlyList<string> Computed
    {
        get
        {
            lock (_gate)
                return [.. _computed];
        }
    }

    public Stage Create(string name, params Stage[] parents) => Create(name, 1, _ => { }, parents);

    public Stage Create(string name, double work, params Stage[] parents) => Create(name, work, _ => { }, parents);

    public Stage Create(string name, Action<StageContext> first, params Stage[] parents) =>
        Create(name, 1, first, parents);

    private Stage Create(string name, double work, Action<StageContext> first, Stage[] parents) =>
        new("test", name, $"{{\"name\":\"{name}\"}}", parents, work, context =>
        {
            context.ParentFolders.ShouldAllBe(folder => File.Exists(Path.Combine(folder, "out.txt")));
            first(context);
            File.WriteAllText(Path.Combine(context.Folder, "out.txt"), name);
            lock (_gate)
                _computed.Add(name);
        });
}

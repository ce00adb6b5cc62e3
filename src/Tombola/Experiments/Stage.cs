namespace Tombola.Experiments;

/// <summary>A node of an experiment: a pure function of its recipe and of its parents' outputs.</summary>
/// <remarks>
/// Two stages of the same id compute the same files, so experiments share them without arranging it. Labels and
/// weights are for people and schedulers; they are no part of the id.
/// </remarks>
public sealed class Stage
{
    private readonly Action<StageContext> _run;

    /// <summary>Describes a stage.</summary>
    /// <param name="kind">What sort of stage it is, for example <c>train</c>.</param>
    /// <param name="label">
    /// What people see while it runs, for example <c>winning-ticket · trial 1 · level 3</c>.
    /// </param>
    /// <param name="recipe">The canonical JSON of everything its outcome depends on, parents apart.</param>
    /// <param name="parents">The stages whose outputs it reads.</param>
    /// <param name="work">Its cost relative to other stages, for schedules and estimates; zero or more.</param>
    /// <param name="run">Computes the outputs into <see cref="StageContext.Folder"/>.</param>
    public Stage(
        string kind, string label, string recipe, IReadOnlyList<Stage> parents, double work, Action<StageContext> run)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentNullException.ThrowIfNull(label);
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(parents);
        ArgumentNullException.ThrowIfNull(run);
        (Kind, Label, Recipe, Parents, Work, _run) = (kind, label, recipe, parents, work, run);
        Id = StageId.Of(kind, recipe, parents.Select(parent => parent.Id));
    }

    /// <summary>The hash of kind, recipe and parents.</summary>
    public StageId Id { get; }

    /// <summary>What sort of stage it is.</summary>
    public string Kind { get; }

    /// <summary>What people see while it runs.</summary>
    public string Label { get; }

    /// <summary>The canonical JSON of everything its outcome depends on, parents apart.</summary>
    public string Recipe { get; }

    /// <summary>The stages whose outputs it reads.</summary>
    public IReadOnlyList<Stage> Parents { get; }

    /// <summary>Its cost relative to other stages.</summary>
    public double Work { get; }

    /// <summary>Computes the outputs.</summary>
    /// <param name="context">Where to write, and where the parents' outputs are.</param>
    internal void Run(StageContext context) => _run(context);
}

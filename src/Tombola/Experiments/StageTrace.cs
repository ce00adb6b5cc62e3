namespace Tombola.Experiments;

/// <summary>Follows a stage while it is computed, in bounded memory.</summary>
/// <param name="stage">The stage.</param>
internal sealed class StageTrace(Stage stage)
{
    private const int MostPoints = 256;

    private readonly List<StagePoint> _points = [];
    private StageProgress _last = new(0, 1, "");
    private int _stride = 1;
    private int _reports;

    /// <summary>Notes how far the stage is.</summary>
    internal void Add(StageProgress progress)
    {
        _last = progress;
        if (progress.Value is not { } value || !double.IsFinite(value) || _reports++ % _stride != 0)
            return;
        _points.Add(new StagePoint(progress.Done, value));
        if (_points.Count < MostPoints)
            return;
        // Every other point goes, and of those to come too.
        for (var i = 0; i < MostPoints / 2; i++)
            _points[i] = _points[2 * i];
        _points.RemoveRange(MostPoints / 2, _points.Count - (MostPoints / 2));
        _stride *= 2;
    }

    /// <summary>Describes the state.</summary>
    internal RunningStage Read() =>
        new(stage.Id.Value, stage.Label, _last.Done, _last.Total, _last.Detail, [.. _points]);
}

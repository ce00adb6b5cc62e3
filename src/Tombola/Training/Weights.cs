using System.Collections.Immutable;
using Tombola.Formats;
using Tombola.Nn;
using Tombola.Tensors;

namespace Tombola.Training;

/// <summary>A copy of all parameters of a network at one moment.</summary>
/// <remarks>Immutable; independent of the network it was taken from.</remarks>
public sealed class Weights
{
    private readonly ImmutableDictionary<string, Entry> _entries;

    private Weights(ImmutableDictionary<string, Entry> entries) => _entries = entries;

    /// <summary>The names of the parameters, in alphabetical order.</summary>
    public IEnumerable<string> Names => _entries.Keys.Order(StringComparer.Ordinal);

    /// <summary>Returns the numbers of one parameter, in the order of its shape.</summary>
    /// <param name="name">For example <c>fc1.weight</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public ReadOnlyMemory<float> this[string name] => _entries[name].Values;

    /// <summary>Copies the parameters of a network.</summary>
    /// <param name="model">The network.</param>
    public static Weights Capture(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new Weights(model.Parameters.ToImmutableDictionary(
            parameter => parameter.Name,
            parameter =>
            {
                var values = new float[parameter.Shape.Count];
                parameter.CopyTo(values);
                return new Entry(parameter.Shape, values);
            }));
    }

    /// <summary>Returns weights with other numbers for one parameter.</summary>
    /// <param name="name">For example <c>fc1.weight</c>.</param>
    /// <param name="values">One entry a number, in the order of its shape; copied.</param>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    /// <exception cref="ShapeException">The number of values is not that of the parameter.</exception>
    public Weights With(string name, ReadOnlySpan<float> values)
    {
        var shape = _entries[name].Shape;
        if (values.Length != shape.Count)
            throw new ShapeException(name, $"{values.Length} elements", shape);
        return new Weights(_entries.SetItem(name, new Entry(shape, values.ToArray())));
    }

    /// <summary>Sets the parameters of a network; pruned weights of the network stay zero.</summary>
    /// <param name="model">A network with parameters of the same names and shapes.</param>
    /// <exception cref="InputException">A parameter is missing or has another shape.</exception>
    public void Restore(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var parameter in model.Parameters)
        {
            if (!_entries.TryGetValue(parameter.Name, out var entry) || !entry.Shape.Equals(parameter.Shape))
            {
                var found = entry is null ? "no" : $"a {entry.Shape}";
                throw new InputException(
                    $"The weights hold {found} '{parameter.Name}' where the model has {parameter.Shape}: "
                    + "they belong to another model.");
            }

            parameter.CopyFrom(entry.Values);
        }
    }

    /// <summary>Writes the weights as safetensors.</summary>
    /// <param name="path">The file, overwritten.</param>
    public void Save(string path) =>
        Safetensors.Write(path, ToTensors());

    /// <summary>Reads weights written by <see cref="Save"/>, or by others in the same format.</summary>
    /// <param name="path">A safetensors file of float32 tensors.</param>
    /// <exception cref="InputException">The file is missing, damaged or of another type.</exception>
    public static Weights Load(string path) =>
        FromTensors(Safetensors.Read(path).Tensors);

    /// <summary>Returns the parameters as named tensors, in alphabetical order.</summary>
    internal IReadOnlyList<NamedTensor> ToTensors() =>
        [.. Names.Select(name => NamedTensor.OfFloats(name, _entries[name].Shape, _entries[name].Values))];

    /// <summary>Collects named tensors of float32.</summary>
    internal static Weights FromTensors(IEnumerable<NamedTensor> tensors) =>
        new(tensors.ToImmutableDictionary(
            tensor => tensor.Name, tensor => new Entry(tensor.Shape, tensor.ToFloats())));

    private sealed record Entry(Shape Shape, float[] Values);
}

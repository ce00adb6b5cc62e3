using Tombola.Formats;
using Tombola.Numerics.Population;
using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Tickets.Xor;

/// <summary>The weights of all networks of a population, network by network.</summary>
/// <param name="trials">Number of networks.</param>
/// <param name="units">Hidden units of each.</param>
internal sealed class XorNetworks(int trials, int units)
{
    private const int Inputs = XorProblem.InputCount;
    private const float TruncateAt = 2;

    private readonly float[] _incoming = new float[trials * units * Inputs];
    private readonly float[] _biases = new float[trials * units];
    private readonly float[] _outgoing = new float[trials * units];
    private readonly float[] _outputBiases = new float[trials];

    /// <summary>Number of networks.</summary>
    internal int Trials => trials;

    /// <summary>Hidden units of each.</summary>
    internal int Units => units;

    /// <summary>Draws initial weights; biases are zero.</summary>
    /// <remarks>A network depends on its trial and size alone: more trials leave the first ones as they were.</remarks>
    /// <param name="seed">The experiment's.</param>
    /// <param name="trials">Number of networks.</param>
    /// <param name="units">Hidden units of each.</param>
    /// <param name="deviation">Of the normal distribution, which is drawn again beyond two deviations.</param>
    internal static XorNetworks Draw(Seed seed, int trials, int units, double deviation)
    {
        var networks = new XorNetworks(trials, units);
        var stream = new RandomStream(seed, FormattableString.Invariant($"xor-init/{units}"));
        var weights = new float[units * (Inputs + 1)];
        for (var trial = 0; trial < trials; trial++)
        {
            stream.At(trial + 1).FillTruncatedNormal(weights, (float)deviation, TruncateAt);
            weights.AsSpan(0, units * Inputs).CopyTo(networks._incoming.AsSpan(trial * units * Inputs));
            weights.AsSpan(units * Inputs).CopyTo(networks._outgoing.AsSpan(trial * units));
        }

        return networks;
    }

    /// <summary>The weights into a unit, [inputs].</summary>
    internal ReadOnlySpan<float> Incoming(int trial, int unit) =>
        _incoming.AsSpan(((trial * units) + unit) * Inputs, Inputs);

    /// <summary>The bias of a unit.</summary>
    internal float Bias(int trial, int unit) => _biases[(trial * units) + unit];

    /// <summary>The weights out of a unit, [outputs].</summary>
    internal ReadOnlySpan<float> Outgoing(int trial, int unit) => _outgoing.AsSpan((trial * units) + unit, 1);

    /// <summary>Takes the units that stay, with their weights and biases as they are here.</summary>
    /// <param name="kept">For each network the positions of its units that stay, as many for all.</param>
    internal XorNetworks Keep(IReadOnlyList<int[]> kept)
    {
        var rest = new XorNetworks(trials, kept[0].Length);
        for (var trial = 0; trial < trials; trial++)
        {
            rest._outputBiases[trial] = _outputBiases[trial];
            for (var i = 0; i < rest.Units; i++)
            {
                var (from, to) = ((trial * units) + kept[trial][i], (trial * rest.Units) + i);
                _incoming.AsSpan(from * Inputs, Inputs).CopyTo(rest._incoming.AsSpan(to * Inputs));
                rest._biases[to] = _biases[from];
                rest._outgoing[to] = _outgoing[from];
            }
        }

        return rest;
    }

    /// <summary>Creates a population with these weights, to be trained on the four points.</summary>
    /// <returns>The caller disposes of it.</returns>
    internal NetworkPopulation ToPopulation() => ToPopulation(XorProblem.Inputs, XorProblem.Targets);

    /// <summary>Creates a population with these weights, to be trained or asked on any points.</summary>
    /// <param name="inputs">x, [points, inputs].</param>
    /// <param name="targets">0 or 1, one a point.</param>
    /// <returns>The caller disposes of it.</returns>
    internal NetworkPopulation ToPopulation(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets)
    {
        var size = new PopulationSize(trials, Inputs, units, targets.Length);
        var population = new NetworkPopulation(size, inputs, targets);
        var weights = population.Weights.Span;
        foreach (var (row, index, stride, values) in Rows(size))
        {
            for (var trial = 0; trial < trials; trial++)
                weights[(row * size.Lanes) + trial] = values[index + (trial * stride)];
        }

        return population;
    }

    /// <summary>Copies the weights of a population.</summary>
    internal static XorNetworks Of(NetworkPopulation population)
    {
        var size = population.Size;
        var networks = new XorNetworks(size.Networks, size.Units);
        var weights = population.Weights.Span;
        foreach (var (row, index, stride, values) in networks.Rows(size))
        {
            for (var trial = 0; trial < size.Networks; trial++)
                values[index + (trial * stride)] = weights[(row * size.Lanes) + trial];
        }

        return networks;
    }

    /// <summary>Writes the weights: four tensors, the network their first dimension.</summary>
    /// <param name="path">The file, overwritten.</param>
    internal void Save(string path) => Safetensors.Write(
        path,
        [
            NamedTensor.OfFloats("hidden.weight", new Shape(trials, units, Inputs), _incoming),
            NamedTensor.OfFloats("hidden.bias", new Shape(trials, units), _biases),
            NamedTensor.OfFloats("output.weight", new Shape(trials, units), _outgoing),
            NamedTensor.OfFloats("output.bias", new Shape(trials), _outputBiases),
        ]);

    /// <summary>Reads weights that <see cref="Save"/> wrote.</summary>
    /// <exception cref="InputException">The file is missing or damaged.</exception>
    internal static XorNetworks Load(string path)
    {
        var file = Safetensors.Read(path);
        var hidden = file["hidden.weight"];
        var networks = new XorNetworks(hidden.Shape[0], hidden.Shape[1]);
        hidden.ToFloats().CopyTo(networks._incoming, 0);
        file["hidden.bias"].ToFloats().CopyTo(networks._biases, 0);
        file["output.weight"].ToFloats().CopyTo(networks._outgoing, 0);
        file["output.bias"].ToFloats().CopyTo(networks._outputBiases, 0);
        return networks;
    }

    /// <summary>Where the weights of each row of a population are: those of a network a stride further.</summary>
    private IEnumerable<(int Row, int Index, int Stride, float[] Values)> Rows(PopulationSize size)
    {
        for (var unit = 0; unit < units; unit++)
        {
            for (var input = 0; input < Inputs; input++)
                yield return (size.Incoming(unit, input), (unit * Inputs) + input, units * Inputs, _incoming);
            yield return (size.Bias(unit), unit, units, _biases);
            yield return (size.Outgoing(unit), unit, units, _outgoing);
        }

        yield return (size.OutputBias, 0, 1, _outputBiases);
    }
}

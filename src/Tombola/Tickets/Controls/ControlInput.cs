using Tombola.Nn;
using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Tickets.Controls;

/// <summary>Changes the values of a layer's survivors.</summary>
/// <param name="survivors">In the order of their positions; changed in place.</param>
/// <param name="layer">All values of the layer before any change, those of pruned weights included.</param>
/// <param name="random">Randomness of this layer.</param>
public delegate void SurvivorChange(Span<float> survivors, ReadOnlySpan<float> layer, RandomStream random);

/// <summary>Chooses other weights of a layer to survive.</summary>
/// <param name="mask">The ticket's mask.</param>
/// <param name="random">Randomness of this layer.</param>
/// <returns>One entry a weight.</returns>
public delegate bool[] MaskChange(Mask mask, RandomStream random);

/// <summary>What a control works with.</summary>
/// <param name="Ticket">The ticket under test, with the weights that <see cref="IControl.Start"/> asks for.</param>
/// <param name="Model">A network of its architecture, for initialisers and shapes; may be changed.</param>
/// <param name="Seed">Randomness of this trial, level and draw.</param>
/// <param name="Scale">The strength that the experiment asks for; 1 unless said otherwise.</param>
public sealed record ControlInput(Ticket Ticket, Module Model, Seed Seed, double Scale)
{
    /// <summary>Returns the ticket with other values for its survivors, layer by layer.</summary>
    /// <param name="change">Called for each masked layer.</param>
    public Ticket WithSurvivors(SurvivorChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var weights = Ticket.Weights;
        foreach (var (name, mask) in Ticket.Masks)
        {
            var layer = weights[name].Span;
            var (survivors, next) = (new float[mask.Survivors], 0);
            for (var i = 0; i < layer.Length; i++)
            {
                if (mask.Survives[i])
                    survivors[next++] = layer[i];
            }

            change(survivors, layer, RandomOf(name));
            var values = layer.ToArray();
            next = 0;
            for (var i = 0; i < values.Length; i++)
            {
                if (mask.Survives[i])
                    values[i] = survivors[next++];
            }

            weights = weights.With(name, values);
        }

        return Ticket with { Weights = weights };
    }

    /// <summary>Returns the ticket with another mask for each masked layer, the weights as they are.</summary>
    /// <param name="change">Called for each masked layer.</param>
    public Ticket WithMasks(MaskChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Ticket with
        {
            Masks = Ticket.Masks.ToDictionary(
                pair => pair.Key, pair => new Mask(pair.Value.Shape, change(pair.Value, RandomOf(pair.Key)))),
        };
    }

    /// <summary>Returns the randomness of a layer.</summary>
    /// <param name="name">The parameter's name, for example <c>fc1.weight</c>.</param>
    public RandomStream RandomOf(string name) => new(Seed, "control/" + name);
}

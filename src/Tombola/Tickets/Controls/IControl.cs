using Tombola.Nn;

namespace Tombola.Tickets.Controls;

/// <summary>Turns a ticket into what it is compared with: same size, something else destroyed.</summary>
/// <remarks>One control is one file here and one line in <see cref="ControlRegistry"/>.</remarks>
public interface IControl
{
    /// <summary>Makes the control's ticket.</summary>
    /// <param name="ticket">The ticket under test.</param>
    /// <param name="model">A network of its architecture, for initialisers and shapes; may be changed.</param>
    /// <param name="seed">Randomness of this trial, level and draw.</param>
    /// <returns>What is trained in the ticket's place, from step 0.</returns>
    Ticket Apply(Ticket ticket, Module model, Seed seed);
}

namespace Tombola.Tickets.Controls;

/// <summary>Turns a ticket into what it is compared with: same size, something else destroyed.</summary>
/// <remarks>One control is one file here and one line in <see cref="ControlRegistry"/>.</remarks>
public interface IControl
{
    /// <summary>Which weights the control is handed.</summary>
    ControlStart Start { get; }

    /// <summary>Makes the control's ticket.</summary>
    /// <param name="input">The ticket under test, and what a control may need to change it.</param>
    /// <returns>What is trained in the ticket's place.</returns>
    Ticket Apply(ControlInput input);
}

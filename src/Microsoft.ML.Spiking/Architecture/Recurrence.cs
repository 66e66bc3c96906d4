using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>
/// Synapses between the single neurons of a layer: in every step each neuron receives the spikes of the step before, those of its own column and those of the
/// columns that its column is joined with, each through a weight of its own.
/// </summary>
/// <remarks>
/// <code>
/// current[t, n] = Σ over inputs of w[n, input] · input[t] + Σ over neurons m that n hears of r[n, m] · spike[t - 1, m]
/// </code>
/// with spikes of 0 or 1. Which columns are joined is the graph of <see cref="ColumnLayer.Wiring"/> as it is drawn. Growth and pruning
/// (<see cref="StructuralPlasticity"/>) change by whom a column is modulated and driven as a whole, but no synapse between neurons comes or goes.
/// <para>
/// The weights r are learnt as those of the inputs are, through time. What goes round may grow in every step, and its gradient too, so that a layer that
/// learns without recurrence may not learn with it unless <see cref="GradientShare"/> is less; docs/ablations.md has a task of either kind. Of a
/// <see cref="Reservoir"/> the weights stay, which makes it a liquid state machine (Maass, Natschläger and Markram 2002). They start normal, and each
/// neuron's of one sign (Dale's principle; Eccles, Fatt and
/// Koketsu 1954): positive from an excitatory neuron, negative from an inhibitory one, and those as much larger as there are fewer inhibitory ones, so that
/// excitation and inhibition cancel (van Vreeswijk and Sompolinsky 1996). Learning may give a weight the other sign. A neuron hears its own last spike too.
/// </para>
/// </remarks>
public sealed record Recurrence
{
    // What goes round grows by it in every step, and its gradient too.
    private const double MostGain = 100;

    /// <summary>
    /// What multiplies the initial weights, of deviation 1 / √(neurons that a neuron hears) where they are an excitatory neuron's. At most 100. Default 0.5.
    /// </summary>
    public double Gain { get; init; } = 0.5;

    /// <summary>Whether neurons hear those of their own column, too. Default true.</summary>
    public bool OwnColumn { get; init; } = true;

    /// <summary>
    /// What of the gradient goes back from a neuron to those that it hears, 0 to 1. At 1 all of it does, through time; at 0 none, and the weights learn by what
    /// each alone does to its neuron, as in e-prop (Bellec et al. 2020). Default 1.
    /// </summary>
    /// <remarks>
    /// What goes round for a hundred steps may grow until it drowns the gradient of everything else. Where a layer learns without recurrence and not with it,
    /// 0 and a small <see cref="AdamW.RecurrentWeightFactor"/> help; where a spike has to go round to be remembered, 1 is better.
    /// </remarks>
    public double GradientShare { get; init; } = 1;

    internal void Check(string name, ColumnLayer layer)
    {
        Require.NotNegative(Gain, $"{name}Recurrence.{nameof(Gain)}", MostGain);
        Require.Fraction(GradientShare, $"{name}Recurrence.{nameof(GradientShare)}");
        Require.That(OwnColumn || layer.Wired.Neighbours > 0,
            $"{name}Recurrence.OwnColumn is false and {name}Wiring joins no columns, so no neuron hears another; turn OwnColumn on, or Recurrence off.");
    }
}

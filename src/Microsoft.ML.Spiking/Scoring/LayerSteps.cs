using Microsoft.ML.Spiking.Codes;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>A layer in a session: takes one step after another, to the bit as <see cref="LayerRun"/> takes them all at once.</summary>
/// <param name="layer">The layer.</param>
internal abstract class LayerSteps(ScoringLayer layer)
{
    /// <summary>The layer.</summary>
    public ScoringLayer Layer { get; } = layer;

    /// <summary>Spikes of each group in the last step, [group].</summary>
    public int[] SpikeCount { get; } = new int[layer.Shape.Groups];

    /// <summary>Where a step's input is to be written, as a train of a single step, before it is taken.</summary>
    public abstract SpikeTrain Input(int step);

    /// <summary>Begins a sequence.</summary>
    public abstract void Reset();

    /// <summary>Takes a step.</summary>
    /// <param name="step">Which, from 0.</param>
    public abstract void Take(int step);

    /// <summary>Shows the spikes of the last step to the next layer, as a train of a single step.</summary>
    public abstract void Pass(SpikeTrain next);

    /// <summary>What the readout reads of the neurons so far, and the mean size of each group's spike rates.</summary>
    /// <param name="spikeRates">Receives [window, group, neuron].</param>
    /// <param name="groupRates">Receives [group].</param>
    public void Read(Span<float> spikeRates, Span<float> groupRates)
    {
        Rate(spikeRates, groupRates);
        Layer.Reading?.Forward(spikeRates, Length);
    }

    /// <summary>Steps so far.</summary>
    protected abstract int Length { get; }

    /// <summary>The spike rates of the neurons so far, and the mean size of each group's.</summary>
    /// <param name="spikeRates">Receives [window, group, neuron].</param>
    /// <param name="groupRates">Receives [group].</param>
    protected abstract void Rate(Span<float> spikeRates, Span<float> groupRates);
}

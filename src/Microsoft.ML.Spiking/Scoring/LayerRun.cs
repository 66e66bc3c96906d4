using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Codes;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>One thread's run of a layer on a row: what it did, and what it passes on.</summary>
/// <param name="layer">The layer.</param>
internal abstract class LayerRun(ScoringLayer layer)
{
    /// <summary>The layer.</summary>
    public ScoringLayer Layer { get; } = layer;

    /// <summary>What it is.</summary>
    public LayerShape Shape => Layer.Shape;

    /// <summary>Room for the spike rates of a layer that the readout does not read.</summary>
    public float[] Unread { get; } = layer.IsRead ? [] : new float[layer.Rates];

    /// <summary>Neurons of each group, whether others read them or not.</summary>
    public abstract int NeuronsPerGroup { get; }

    /// <summary>How many of each group's neurons, the first ones, are excitatory.</summary>
    public abstract int ExcitatoryNeurons { get; }

    /// <summary>Whether thresholds move from step to step.</summary>
    public abstract bool ThresholdsMove { get; }

    /// <summary>Shows the layer a row.</summary>
    public abstract void Show(Stimulus stimulus);

    /// <summary>The spikes that it passes on, for the next layer.</summary>
    public abstract Stimulus Spikes();

    /// <summary>What the readout reads of the neurons, [window, group, neuron], and the mean size of each group's spike rates.</summary>
    public void Read(Span<float> spikeRates, Span<float> groupRates)
    {
        Rate(spikeRates, groupRates);
        Layer.Reading?.Forward(spikeRates, Length);
    }

    /// <summary>Adds, for each group, what tells a dead or a saturated one.</summary>
    /// <param name="active">[group]: neurons that spiked at all.</param>
    /// <param name="constant">[group]: neurons that spiked in every step.</param>
    public abstract void CountExtremes(Span<int> active, Span<int> constant);

    /// <summary>Counts the spikes of each group on the last row.</summary>
    /// <param name="spikes">Receives them, [group].</param>
    /// <param name="active">Receives how many of its neurons that others read spiked at all in what the readout reads, in each window anew, [group].</param>
    public abstract void CountSpikes(Span<int> spikes, Span<int> active);

    /// <summary>Counts the spikes of each group in the last step of the last row, which no neuron hears any more.</summary>
    /// <param name="spikes">Receives them, [group].</param>
    public virtual void CountLast(Span<int> spikes) => spikes.Clear();

    /// <summary>Neurons that an input reaches; null where each reaches all, as far as they see it.</summary>
    public virtual int? Reached(int input) => null;

    /// <summary>A neuron's constants.</summary>
    /// <param name="neuron">Neuron of a group.</param>
    public abstract Neuron Neuron(int neuron);

    /// <summary>Whether a neuron fired in a step of the last row.</summary>
    public abstract bool Fired(int step, int group, int neuron);

    /// <summary>A neuron's membrane potential in a step of the last row, before the reset; where it is kept.</summary>
    public abstract float Membrane(int step, int group, int neuron);

    /// <summary>A neuron's threshold in a step of the last row; where it is kept.</summary>
    public abstract float Threshold(int step, int group, int neuron);

    /// <summary>Steps of the last row.</summary>
    protected abstract int Length { get; }

    /// <summary>The spike rates of the neurons that others read, [window, group, neuron], and the mean size of each group's.</summary>
    protected abstract void Rate(Span<float> spikeRates, Span<float> groupRates);
}

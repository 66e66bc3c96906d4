using System.Collections.Immutable;
using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Neurons;
using Microsoft.ML.Spiking.State;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>The constants of a layer's neurons that learn, one of each for each type of them: of columns excitatory and inhibitory.</summary>
/// <remarks>
/// What learns is a deviation δ from the layer's constant, [type], which starts at 0 and which weight decay draws back to it: see
/// <see cref="NeuronConstant.Start"/>.
/// </remarks>
internal sealed class LearningNeurons
{
    private readonly Layer _layer;
    private readonly Lanes _lanes;
    private readonly ImmutableArray<NeuronConstant>[] _types;
    private readonly TrainedArray?[] _deviations;   // of each constant; null where it does not learn
    private AlignedFloats _gradients = new(0);   // [sample, panel, constant, lane]

    private LearningNeurons(Layer layer, Lanes lanes, NeuronLearning learns)
    {
        (_layer, _lanes) = (layer, lanes);
        _types = [.. layer.NeuronTypes.Select(type => type.Constants)];
        _deviations = [.. _types[0].Select(constant => constant.LearnsWith(learns) ? new TrainedArray([_types.Length], new float[_types.Length]) : null)];
    }

    private LearningNeurons(LearningNeurons of) => (_layer, _lanes, _types, _deviations) = (of._layer, of._lanes, of._types, of._deviations);

    /// <summary>What learns, for a checkpoint.</summary>
    public IEnumerable<StateArray> State
        => Deviations.Select(learning => StateArray.Of("neurons." + learning.Constant.Name, learning.Deviation.Weights, learning.Deviation.Shape));

    private IEnumerable<(NeuronConstant Constant, TrainedArray Deviation)> Deviations
        => _types[0].Zip(_deviations).Where(pair => pair.Second is not null).Select(pair => (pair.First, pair.Second!));

    private int Neurons => _lanes.Columns * _lanes.Neurons;

    private int PanelSize => _deviations.Length * Lanes.Panel;

    /// <param name="layer">The layer.</param>
    /// <param name="lanes">Where the neurons are that have constants; of a layer whose neurons are all alike, some that stand for all.</param>
    /// <returns>Null where no constant of the layer's neurons learns.</returns>
    public static LearningNeurons? Of(Layer layer, Lanes lanes)
        => layer.LearnsNeurons ? new LearningNeurons(layer, lanes, ((Surrogate)layer.Learning).Neurons) : null;

    /// <summary>The same constants and their gradients, with room for another block of the batch.</summary>
    public LearningNeurons Twin() => new(this);

    /// <summary>Makes the constants in the lanes what they have become, and room for a batch.</summary>
    public void Expect(int batch)
    {
        for (int k = 0; k < _deviations.Length; k++)
        {
            if (_deviations[k] is not { } deviation) continue;
            float[] now = [.. _types.Select((type, i) => type[k].At(deviation.Weights.Span[i]))];
            for (int neuron = 0; neuron < Neurons; neuron++) _lanes.Constants[k][_lanes.Of(neuron)] = now[TypeOf(neuron)];
        }
        if (_gradients.Length != batch * _lanes.Panels * PanelSize) _gradients = new AlignedFloats(batch * _lanes.Panels * PanelSize);
    }

    /// <summary>Where the gradients by the constants of a panel's neurons on a sample come to be, [constant, lane].</summary>
    public Span<float> Gradients(int sample, int panel) => _gradients.Span.Slice((sample * _lanes.Panels + panel) * PanelSize, PanelSize);

    /// <summary>From the gradients of all samples and panels to those of the deviations: sums over the samples, then over the neurons in their order.</summary>
    public void LeaveGradients()
    {
        int size = _lanes.Panels * PanelSize;
        var sums = new float[size];
        for (int at = 0; at < _gradients.Length; at += size) Elementwise.Add(_gradients.Span.Slice(at, size), sums);
        Span<double> found = stackalloc double[_types.Length];
        for (int k = 0; k < _deviations.Length; k++)
        {
            if (_deviations[k] is not { } deviation) continue;
            found.Clear();
            for (int neuron = 0; neuron < Neurons; neuron++)
            {
                int lane = _lanes.Of(neuron);
                found[TypeOf(neuron)] += sums[lane / Lanes.Panel * PanelSize + k * Lanes.Panel + lane % Lanes.Panel];
            }
            for (int i = 0; i < _types.Length; i++) deviation.Gradient.Span[i] = (float)(found[i] * _types[i][k].SlopeAt(deviation.Weights.Span[i]));
        }
    }

    /// <summary>Hands the optimiser what learns.</summary>
    public void Train(GradientDescent descent)
    {
        foreach (var (_, deviation) in Deviations) descent.Add(descent.Rule.NeuronFactor, deviation);
    }

    /// <summary>The layer with the neurons as they are now.</summary>
    public Layer Learnt() => _layer.With([.. _layer.NeuronTypes.Select((neuron, type) => neuron.Learnt(
        [.. _types[type].Zip(_deviations, (constant, deviation) =>
            deviation is null ? constant.TimeConstant ?? constant.Value : constant.OptionAt(deviation.Weights.Span[type]))]))]);

    /// <summary>Of columns 0 of an excitatory neuron, 1 of an inhibitory one.</summary>
    private int TypeOf(int neuron) => _layer is ColumnLayer columns && neuron % _lanes.Neurons >= columns.ExcitatoryNeurons ? 1 : 0;
}

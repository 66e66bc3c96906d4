using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Competition;

/// <summary>Rows and the spikes of the neurons that were shown them. Few neurons fire for a row, and so they are sparse.</summary>
internal sealed class WinnerTakeAllFeaturesBlock(WinnerTakeAllFeaturesTransformer transformer, IntensityReader reader, int capacity) : RowBlock
{
    private readonly int _inputs = reader.Features.Length, _neurons = transformer.Model.Network.Neurons;
    private readonly float[] _features = new float[capacity * reader.Features.Length], _spikes = new float[capacity * transformer.Model.Network.Neurons];
    private readonly bool[] _missing = new bool[capacity];

    public override void Read(int slot)
    {
        _missing[slot] = !reader.Read();
        reader.Features.CopyTo(_features, slot * _inputs);
    }

    public override void Compute(int rows) => Parallel.For(0, rows, row =>
    {
        Memory<float> spikes = _spikes.AsMemory(row * _neurons, _neurons);
        if (_missing[row]) spikes.Span.Fill(float.NaN);
        else
            transformer.Scorer.Run(_features.AsSpan(row * _inputs, _inputs), counts =>
            {
                for (int neuron = 0; neuron < counts.Length; neuron++) spikes.Span[neuron] = counts[neuron];
            });
    });

    public override Delegate Getter(int added, Func<int> slot) => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
    {
        ReadOnlySpan<float> spikes = _spikes.AsSpan(slot() * _neurons, _neurons);
        int fired = spikes.Length - spikes.Count(0f), at = 0;
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, spikes.Length, fired);
        if (fired == spikes.Length) spikes.CopyTo(editor.Values);
        else
            for (int neuron = 0; neuron < spikes.Length; neuron++)
                if (spikes[neuron] != 0) (editor.Indices[at], editor.Values[at++]) = (neuron, spikes[neuron]);
        value = editor.Commit();
    });
}

using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking;

/// <summary>Rows and their predictions.</summary>
internal sealed class SpikingNetworkBlock : RowBlock
{
    private readonly SpikingNetworkTransformer _transformer;
    private readonly SampleReader _reader;
    private readonly SampleBatch _batch;
    private readonly Action<int> _store;
    private readonly float[] _scores, _rates;
    private readonly bool[] _missing;
    private readonly int _classes, _columns;

    public SpikingNetworkBlock(SpikingNetworkTransformer transformer, SampleReader reader, int capacity)
    {
        (_transformer, _reader) = (transformer, reader);
        (_classes, _columns) = (transformer.Model.Classes, transformer.Model.Options.Columns);
        (_scores, _rates, _missing) = (new float[capacity * _classes], new float[capacity * _columns], new bool[capacity]);
        if (reader is IntensityReader intensities)
        {
            int inputs = intensities.Features.Length;
            var features = new float[capacity * inputs];
            _batch = new IntensityBatch(features, inputs);
            _store = slot => intensities.Features.CopyTo(features, slot * inputs);
        }
        else
        {
            var spikes = (SpikeTrainReader)reader;
            Stimulus[] trains = [.. Enumerable.Range(0, capacity).Select(_ => new Stimulus(spikes.Train.Steps))];
            _batch = new SpikeTrainBatch(trains);
            _store = slot => spikes.Fill(trains[slot].Fire());
        }
    }

    public override void Read(int slot)
    {
        _missing[slot] = !_reader.Read();
        _store(slot);
    }

    public override void Compute(int rows)
    {
        _transformer.Scorer.Run(_batch, rows, _scores, _rates);
        _transformer.Scorer.Softmax(_scores.AsSpan(0, rows * _classes));
        for (int row = 0; row < rows; row++)
        {
            if (!_missing[row]) continue;
            _scores.AsSpan(row * _classes, _classes).Fill(float.NaN);
            _rates.AsSpan(row * _columns, _columns).Fill(float.NaN);
        }
    }

    public override Delegate Getter(int added, Func<int> slot) => added switch
    {
        0 => (ValueGetter<uint>)((ref uint label) => label = Label(slot())),
        1 => Vector(_scores, _classes, slot),
        _ => Vector(_rates, _columns, slot),
    };

    /// <summary>The key of the most probable class, from 1; 0, the missing key, without scores.</summary>
    private uint Label(int slot)
    {
        if (_missing[slot]) return 0;
        ReadOnlySpan<float> scores = _scores.AsSpan(slot * _classes, _classes);
        int best = 0;
        for (int c = 1; c < scores.Length; c++)
            if (scores[c] > scores[best]) best = c;
        return (uint)best + 1;
    }

    private static ValueGetter<VBuffer<float>> Vector(float[] values, int length, Func<int> slot) => (ref VBuffer<float> value) =>
    {
        int at = slot() * length;
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, length);
        values.AsSpan(at, length).CopyTo(editor.Values);
        value = editor.Commit();
    };
}

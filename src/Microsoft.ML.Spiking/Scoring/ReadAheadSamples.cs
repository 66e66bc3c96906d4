using Microsoft.ML.Spiking.Codes;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>Rows of the input column, read ahead to be scored together.</summary>
internal sealed class ReadAheadSamples
{
    private readonly SampleReader _reader;
    private readonly Action<int> _store;
    private readonly bool[] _missing;

    /// <param name="reader">Reads the source's row.</param>
    /// <param name="capacity">Rows at most.</param>
    public ReadAheadSamples(SampleReader reader, int capacity)
    {
        (_reader, _missing) = (reader, new bool[capacity]);
        if (reader is IntensityReader intensities)
        {
            int inputs = intensities.Features.Length;
            var features = new float[capacity * inputs];
            Batch = new IntensityBatch(features, inputs);
            _store = slot => intensities.Features.CopyTo(features, slot * inputs);
        }
        else
        {
            var spikes = (SpikeTrainReader)reader;
            Stimulus[] trains = [.. Enumerable.Range(0, capacity).Select(_ => new Stimulus(spikes.Train.Steps))];
            Batch = new SpikeTrainBatch(trains);
            _store = slot => spikes.Fill(trains[slot].Fire());
        }
    }

    public SampleBatch Batch { get; }

    /// <summary>Takes in the row that the source stands at.</summary>
    public void Read(int slot)
    {
        _missing[slot] = !_reader.Read();
        _store(slot);
    }

    /// <summary>Whether a row is absent, or not all of its numbers are finite.</summary>
    public bool IsMissing(int slot) => _missing[slot];
}

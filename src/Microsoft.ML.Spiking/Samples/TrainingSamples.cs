using System.Security.Cryptography;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>Labelled rows, read once from the IDataView and held in memory as compactly as they allow.</summary>
internal abstract class TrainingSamples : SampleBatch
{
    private readonly List<int> _labels = [];
    private readonly List<float> _weights = [];

    public int Count => _labels.Count;

    /// <summary>The classes of the rows, from 0.</summary>
    public IReadOnlyList<int> Labels => _labels;

    /// <summary>How much each row counts of itself.</summary>
    public IReadOnlyList<float> ExampleWeights => _weights;

    /// <summary>Adds the row that a reader has read.</summary>
    /// <param name="reader">Who has read it.</param>
    /// <param name="label">Its class, from 0.</param>
    /// <param name="weight">How much it counts.</param>
    public void Add(SampleReader reader, int label, float weight)
    {
        Add(reader, label);
        _weights[^1] = weight;
    }

    /// <summary>Adds the row that a reader has read, of weight 1.</summary>
    public abstract void Add(SampleReader reader, int label);

    /// <summary>Draws what a row trains with.</summary>
    public abstract void Draw(SampleEncoder encoder, int row, CounterRandom random, Stimulus stimulus);

    /// <summary>Draws the spikes that a batch of rows trains with.</summary>
    public abstract void Draw(SampleEncoder encoder, int[] rows, CounterRandom random, PackedSpikes spikes);

    /// <summary>What the features are like.</summary>
    public abstract FeatureStatistics Statistics();

    /// <summary>Adds the rows, in their order, to a digest that tells them from others.</summary>
    public abstract void Digest(IncrementalHash digest);

    protected void AddLabel(int label)
    {
        _labels.Add(label);
        _weights.Add(1);
    }
}

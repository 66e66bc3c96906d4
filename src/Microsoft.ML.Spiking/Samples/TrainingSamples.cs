using System.Security.Cryptography;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>Labelled rows, read from the IDataView and held in memory as compactly as they allow: all of them, or a block.</summary>
internal abstract class TrainingSamples : SampleBatch
{
    /// <summary>Bytes of the place of a row that another process holds: where it would lie, label and weight.</summary>
    public const int PlaceBytes = 16;

    private readonly List<int> _labels = [];
    private readonly List<float> _weights = [];

    // What a row takes besides its values: the array's own header, where it lies, label and weight.
    private const int Overhead = 48;

    public int Count => _labels.Count;

    /// <summary>Bytes that the rows take, about; those that are measured and left to other processes are counted too.</summary>
    public long Bytes { get; private set; }

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

    /// <summary>Counts and measures the row that a reader has read as if it were added, but leaves it to another process to hold.</summary>
    public void Leave(SampleReader reader, int label, float weight)
    {
        Measure(reader);
        Leave();
        (_labels[^1], _weights[^1]) = (label, weight);
        Bytes += BytesOf(reader) + Overhead;
    }

    /// <summary>Leaves the place of a row empty that another process holds.</summary>
    public void Leave()
    {
        AddLabel(label: -1, bytes: -Overhead);
        _weights[^1] = 0;
        AddNothing();
    }

    /// <summary>Adds the row that a reader has read, of weight 1.</summary>
    public abstract void Add(SampleReader reader, int label);

    /// <summary>Whether a row is here, and not with another process.</summary>
    public abstract bool Has(int row);

    /// <summary>Draws what a row trains with.</summary>
    public abstract void Draw(SampleEncoder encoder, int row, CounterRandom random, Stimulus stimulus);

    /// <summary>Draws the spikes that a batch of rows trains with.</summary>
    public abstract void Draw(SampleEncoder encoder, int[] rows, CounterRandom random, PackedSpikes spikes);

    /// <summary>What the features are like.</summary>
    public abstract FeatureStatistics Statistics();

    /// <summary>Adds the rows, in their order, to a digest that tells them from others.</summary>
    public abstract void Digest(IncrementalHash digest);

    /// <summary>Measures the row that a reader has read as if it were added, and does not hold it.</summary>
    public abstract void Measure(SampleReader reader);

    /// <summary>Lets all rows go but the first; what has been measured stays measured.</summary>
    public void KeepFirst(int rows)
    {
        if (rows >= Count) return;
        Bytes = Bytes / Count * rows;
        Cut(_labels, rows);
        Cut(_weights, rows);
        Cut(rows);
    }

    /// <summary>Lets all rows go, but keeps their room for others.</summary>
    public virtual void Clear()
    {
        _labels.Clear();
        _weights.Clear();
        Bytes = 0;
    }

    /// <summary>Bytes of a row that is held, at the most.</summary>
    public static long BytesOf(InputShape shape)
        => Overhead + (shape.IsSpikeTrain ? (shape.Features + 7L) / 8 : (long)shape.Features * sizeof(float));

    /// <summary>Lets all rows go but the first so many.</summary>
    protected abstract void Cut(int rows);

    /// <summary>Cuts a list off, and lets its room go too.</summary>
    protected static void Cut<T>(List<T> list, int count)
    {
        list.RemoveRange(count, list.Count - count);
        list.TrimExcess();
    }

    /// <summary>Adds the place of a row, and no row.</summary>
    protected abstract void AddNothing();

    /// <summary>Bytes of the values of the row that a reader has read, once it is held.</summary>
    protected abstract long BytesOf(SampleReader reader);

    protected void AddLabel(int label, long bytes)
    {
        _labels.Add(label);
        _weights.Add(1);
        Bytes += bytes + Overhead;
    }
}

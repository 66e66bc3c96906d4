using System.Collections;
using System.Security.Cryptography;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>Rows of spike trains, held as bits, [time, input].</summary>
internal sealed class SpikeTrainSamples(int steps, int inputs) : TrainingSamples
{
    private readonly List<BitArray?> _rows = [];   // null where another process holds it
    private readonly Stack<BitArray> _spare = [];

    public override void Add(SampleReader reader, int label)
    {
        AddLabel(label, RowBytes);
        SpikeTrain train = ((SpikeTrainReader)reader).Train;
        if (_spare.TryPop(out BitArray? bits)) bits.SetAll(false);
        else bits = new BitArray(steps * inputs);
        for (int step = 0; step < steps; step++)
            foreach (int input in train[step]) bits[step * inputs + input] = true;
        _rows.Add(bits);
    }

    public override bool Has(int row) => _rows[row] is not null;

    public override void Measure(SampleReader reader) { }

    public override void Clear()
    {
        base.Clear();
        foreach (BitArray? row in _rows)
            if (row is not null) _spare.Push(row);
        _rows.Clear();
    }

    public override FeatureStatistics Statistics() => FeatureStatistics.None;

    protected override void Cut(int rows) => Cut(_rows, rows);

    protected override void AddNothing() => _rows.Add(null);

    protected override long BytesOf(SampleReader reader) => RowBytes;

    public override void Draw(SampleEncoder encoder, int row, CounterRandom random, Stimulus stimulus) => Read(row, stimulus.Fire());

    public override void Draw(SampleEncoder encoder, int[] rows, CounterRandom random, PackedSpikes spikes) => Parallel.For(0, rows.Length, sample =>
    {
        var train = new SpikeTrain(steps);
        Read(rows[sample], train);
        spikes.Set(sample, train);
    });

    public override void Show(int row, ScoringWorkspace workspace)
    {
        Read(row, workspace.Stimulus.Fire());
        workspace.Show(workspace.Stimulus);
    }

    public override void Digest(IncrementalHash digest)
    {
        byte[] bytes = new byte[RowBytes];
        foreach (BitArray? row in _rows)
        {
            row!.CopyTo(bytes, 0);
            digest.AppendData(bytes);
        }
    }

    /// <summary>Time steps of a row.</summary>
    public int Steps => steps;

    /// <summary>Inputs of a step.</summary>
    public int Inputs => inputs;

    /// <summary>Bytes that hold the bits of a row.</summary>
    public int RowBytes => (steps * inputs + 7) / 8;

    /// <summary>Copies a row's bits, [time, input], eight of them a byte, the first of them lowest.</summary>
    public void CopyTo(int row, Span<byte> bytes)
    {
        var held = new byte[RowBytes];
        _rows[row]!.CopyTo(held, 0);
        held.CopyTo(bytes);
    }

    private void Read(int row, SpikeTrain train)
    {
        BitArray bits = _rows[row]!;
        for (int step = 0; step < steps; step++)
        {
            for (int input = 0; input < inputs; input++)
                if (bits[step * inputs + input]) train.Add(input);
            train.NextStep();
        }
    }
}

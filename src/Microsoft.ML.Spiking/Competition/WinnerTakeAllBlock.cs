using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Competition;

/// <summary>Rows and what a winner-take-all layer says of them.</summary>
internal sealed class WinnerTakeAllBlock(WinnerTakeAllTransformer transformer, IntensityReader reader, int capacity) : RowBlock
{
    private readonly int _inputs = reader.Features.Length, _classes = transformer.Model.Classes, _neurons = transformer.Model.Network.Neurons;
    private readonly float[] _features = new float[capacity * reader.Features.Length];
    private readonly float[] _scores = new float[capacity * transformer.Model.Classes], _rates = new float[capacity * transformer.Model.Network.Neurons];
    private readonly bool[] _missing = new bool[capacity];

    public override void Read(int slot)
    {
        _missing[slot] = !reader.Read();
        reader.Features.CopyTo(_features, slot * _inputs);
    }

    public override void Compute(int rows) => Parallel.For(0, rows, row =>
    {
        Memory<float> scores = _scores.AsMemory(row * _classes, _classes), rates = _rates.AsMemory(row * _neurons, _neurons);
        if (_missing[row])
        {
            scores.Span.Fill(float.NaN);
            rates.Span.Fill(float.NaN);
            return;
        }
        transformer.Scorer.Run(_features.AsSpan(row * _inputs, _inputs), counts =>
        {
            transformer.Readout.Read(counts, scores.Span);
            float steps = transformer.Model.Network.TimeSteps;
            for (int neuron = 0; neuron < counts.Length; neuron++) rates.Span[neuron] = counts[neuron] / steps;
        });
    });

    public override Delegate Getter(int added, Func<int> slot) => added switch
    {
        0 => (ValueGetter<uint>)((ref uint label) => label = Label(slot())),
        1 => Vector(_scores, _classes, slot),
        _ => Vector(_rates, _neurons, slot),
    };

    /// <summary>The key of the class with the largest share, from 1; 0, the missing key, without shares.</summary>
    private uint Label(int slot)
    {
        if (_missing[slot]) return 0;
        ReadOnlySpan<float> scores = _scores.AsSpan(slot * _classes, _classes);
        int best = 0;
        for (int c = 1; c < scores.Length; c++)
            if (scores[c] > scores[best]) best = c;
        return (uint)best + 1;
    }
}

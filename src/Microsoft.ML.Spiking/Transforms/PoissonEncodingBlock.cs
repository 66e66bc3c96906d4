using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Transforms;

/// <summary>Rows and their spike trains. A value that is not a number does not spike; a row that is absent has no train.</summary>
internal sealed class PoissonEncodingBlock(PoissonEncoding encoding, Standardisation standardisation, IntensityReader reader, int capacity) : RowBlock
{
    private readonly RateCode _code = new() { MaximumProbability = encoding.MaximumProbability };
    private readonly SpikeTrain[] _trains = [.. Enumerable.Range(0, capacity).Select(_ => new SpikeTrain(encoding.TimeSteps))];
    private readonly bool[] _absent = new bool[capacity];
    private readonly float[] _probabilities = new float[reader.Features.Length];

    public override void Read(int slot)
    {
        reader.Read();
        reader.Features.CopyTo(_probabilities, 0);
        standardisation.Apply(_probabilities);
        foreach (ref float x in _probabilities.AsSpan()) x = float.IsNaN(x) ? 0 : _code.Probability(x, 1);
        _absent[slot] = reader.IsAbsent;
        PoissonSampler.Draw(_probabilities, CounterRandom.FromSeed(encoding.Seed).For(reader.Features), _trains[slot]);
    }

    public override void Compute(int rows) { }

    public override Delegate Getter(int added, Func<int> slot) => (ValueGetter<VBuffer<bool>>)((ref VBuffer<bool> value) =>
    {
        if (_absent[slot()])
        {
            value = VBufferEditor.Create(ref value, 0).Commit();
            return;
        }
        SpikeTrain train = _trains[slot()];
        int inputs = _probabilities.Length, at = 0;
        VBufferEditor<bool> editor = VBufferEditor.Create(ref value, train.Steps * inputs, train.Count);
        editor.Values.Fill(true);
        bool sparse = train.Count < train.Steps * inputs;
        for (int step = 0; sparse && step < train.Steps; step++)
            foreach (int input in train[step]) editor.Indices[at++] = step * inputs + input;
        value = editor.Commit();
    });
}

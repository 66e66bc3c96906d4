using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Transforms;

/// <summary>Rows and their predictions of false or true.</summary>
internal sealed class BinaryBlock(SpikingNetworkTransformer transformer, SampleReader reader, int capacity) : SpikingNetworkBlock(transformer, reader, capacity)
{
    public override Delegate Getter(int added, Func<int> slot) => added switch
    {
        0 => (ValueGetter<bool>)((ref bool label) => label = LogOdds(slot()) > 0),   // of NaN false, as of stock trainers
        1 => (ValueGetter<float>)((ref float score) => score = LogOdds(slot())),
        2 => (ValueGetter<float>)((ref float probability) => probability = Scores[slot() * 2 + 1]),
        3 => Vector(Rates, Columns, slot),
        _ => Cost(slot),
    };

    /// <summary>
    /// ln(p / (1 - p)). Each class's own probability is exact where it is small, so that a row of 99.999999 % still stands before one of 99.99999 %.
    /// </summary>
    private float LogOdds(int slot)
    {
        float no = Scores[slot * 2], yes = Scores[slot * 2 + 1];
        return MathF.Log(Math.Max(yes, float.Epsilon)) - MathF.Log(Math.Max(no, float.Epsilon));
    }
}

using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Transforms;

/// <summary>Rows and their predictions of any number of classes.</summary>
internal sealed class MulticlassBlock(SpikingNetworkTransformer transformer, SampleReader reader, int capacity)
    : SpikingNetworkBlock(transformer, reader, capacity)
{
    public override Delegate Getter(int added, Func<int> slot) => added switch
    {
        0 => (ValueGetter<uint>)((ref uint label) => label = Label(slot())),
        1 => Vector(Scores, Classes, slot),
        2 => Vector(Rates, Columns, slot),
        _ => Cost(slot),
    };

    /// <summary>The key of the most probable class, from 1; 0, the missing key, without scores.</summary>
    private uint Label(int slot)
    {
        if (IsMissing(slot)) return 0;
        ReadOnlySpan<float> scores = Scores.AsSpan(slot * Classes, Classes);
        int best = 0;
        for (int c = 1; c < scores.Length; c++)
            if (scores[c] > scores[best]) best = c;
        return (uint)best + 1;
    }
}

namespace Microsoft.ML.Spiking;

/// <summary>What a NIR graph did on a row.</summary>
public sealed class NirActivity
{
    internal NirActivity(int steps, Dictionary<string, float[]> given, Dictionary<string, int[]> counts) => (Steps, Given, Counts) = (steps, given, counts);

    /// <summary>Time steps.</summary>
    public int Steps { get; }

    /// <summary>What each Output of the graph gave, by its name, [step, number].</summary>
    public IReadOnlyDictionary<string, float[]> Outputs => Given;

    /// <summary>Spikes of each neuron of each node that spikes, by the node's name; of a nested graph as in "sub/lif".</summary>
    public IReadOnlyDictionary<string, int[]> SpikeCounts => Counts;

    internal Dictionary<string, float[]> Given { get; }

    internal Dictionary<string, int[]> Counts { get; }

    /// <summary>The mean over time of what an Output gave: of an exported readout, the scores before softmax.</summary>
    /// <param name="output">Its name.</param>
    public float[] Mean(string output)
    {
        float[] all = Given[output];
        float[] mean = new float[all.Length / Steps];
        for (int i = 0; i < all.Length; i++) mean[i % mean.Length] += all[i];
        for (int i = 0; i < mean.Length; i++) mean[i] /= Steps;
        return mean;
    }
}

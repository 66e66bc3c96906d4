using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Samples.Rhythms;

/// <summary>A row of data: the spikes, how many there are of each input, and which rhythm it is.</summary>
internal sealed class RhythmRecording
{
    /// <summary>The rhythm's name.</summary>
    public string Class { get; set; } = "";

    /// <summary>[time, input].</summary>
    [VectorType(Rhythm.Steps, Rhythm.Inputs)]
    public bool[] Spikes { get; set; } = [];

    [VectorType(Rhythm.Inputs)]
    public float[] Counts { get; set; } = [];

    /// <summary>Recordings of all rhythms in turn; the same for the same seed.</summary>
    public static RhythmRecording[] Make(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(row => Make(Rhythm.All[row % Rhythm.All.Count], random))];
    }

    private static RhythmRecording Make(Rhythm rhythm, Random random)
    {
        bool[] spikes = rhythm.Play(random);
        var counts = new float[Rhythm.Inputs];
        for (int cell = 0; cell < spikes.Length; cell++)
            if (spikes[cell]) counts[cell % Rhythm.Inputs]++;
        return new RhythmRecording { Class = rhythm.Name, Spikes = spikes, Counts = counts };
    }
}

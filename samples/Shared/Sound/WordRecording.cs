namespace Microsoft.ML.Spiking.Samples.Sound;

/// <summary>A recorded word.</summary>
/// <param name="Word">What is said: the class.</param>
/// <param name="Speaker">Who says it; empty where nobody knows.</param>
/// <param name="Take">Which of the speaker's recordings of the word, from 0.</param>
/// <param name="Samples">The sound, -1 to 1, <see cref="MelBands.Rate"/> a second.</param>
internal sealed record WordRecording(string Word, string Speaker, int Take, float[] Samples)
{
    /// <summary>Seconds.</summary>
    public double Duration => (double)Samples.Length / MelBands.Rate;
}

namespace Microsoft.ML.Spiking;

/// <summary>A row of the data and what the network said of it.</summary>
/// <param name="Row">Its place in the data, from 0.</param>
/// <param name="Features">The feature column: numbers, or 0 and 1 of a spike train.</param>
/// <param name="Truth">Its class; null where the row has no label.</param>
/// <param name="Guess">The most probable class.</param>
/// <param name="Scores">Probability of each class.</param>
internal sealed record ScoredSample(long Row, float[] Features, int? Truth, int Guess, float[] Scores)
{
    public float Confidence => Scores[Guess];

    public bool IsWrong => Truth is { } truth && truth != Guess;

    /// <summary>Shows it to the network again, and writes down what happens.</summary>
    public SpikeRecording Record(SpikeRecorder recorder, InputShape input)
        => input.IsSpikeTrain ? recorder.Record(Features.Select(x => x != 0).ToArray().AsSpan()) : recorder.Record(Features.AsSpan());
}

using System.Globalization;

namespace Microsoft.ML.Spiking.Samples.Sound;

/// <summary>A recording as the network hears it: step by step, knowing nothing of what comes.</summary>
internal sealed class Hearing
{
    private const int StepsPerLine = 4, BarLength = 30;

    private readonly WordRecording _recording;
    private readonly SpikingNetworkTransformer _network;
    private readonly float[] _inputs;
    private readonly float[][] _scores;

    private Hearing(WordRecording recording, SpikingNetworkTransformer network, float[] inputs, float[][] scores)
        => (_recording, _network, _inputs, _scores) = (recording, network, inputs, scores);

    /// <summary>Listens to a recording, and says what it takes it for while it comes.</summary>
    /// <param name="network">The network.</param>
    /// <param name="recording">The recording.</param>
    /// <param name="lines">Receives a line for each twentieth of a second.</param>
    /// <param name="playing">Whether it takes as long as the sound does.</param>
    public static Hearing Of(SpikingNetworkTransformer network, WordRecording recording, TextWriter lines, bool playing)
    {
        SpikingSession session = network.CreateSession();
        var scale = new BandScale(online: true);
        float[] inputs = new float[SoundInput.Steps * SoundInput.Inputs];
        Array.Fill(inputs, float.NaN);
        var scores = new List<float[]>();
        lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Listening to '{recording.Word}', {recording.Duration:F2} seconds:"));
        foreach (float[] bands in MelBands.Of(recording.Samples).Take(session.MaximumSteps))
        {
            Span<float> step = inputs.AsSpan(session.Steps * SoundInput.Inputs, SoundInput.Inputs);
            scale.Apply(bands);
            SoundInput.Of(bands, step);
            session.Push(step);
            scores.Add(session.Score.ToArray());
            if (playing) Thread.Sleep(1000 * MelBands.Hop / MelBands.Rate);
            if (session.Steps % StepsPerLine == 0) lines.WriteLine(Line(session));
        }
        lines.WriteLine($"It is '{session.PredictedLabel}'.");
        return new Hearing(recording, network, inputs, [.. scores]);
    }

    /// <summary>Draws it: what it heard, fired and answered over time, and a membrane.</summary>
    public void Write(string folder)
    {
        SpikeRecording spikes = new SpikeRecorder(_network).Record(_inputs);
        WordPicture.Write(Path.Combine(folder, "word.svg"), _recording.Word, _inputs, spikes, _scores, _network.ClassNames);
        LayerRecording layer = spikes.Layers[0];
        var (column, neuron) = Enumerable.Range(0, layer.Columns).SelectMany(c => Enumerable.Range(0, layer.ExcitatoryNeurons).Select(n => (Column: c, Neuron: n)))
            .MinBy(at => Math.Abs(5 - Enumerable.Range(0, layer.Steps).Count(step => layer.Fired(step, at.Column, at.Neuron))));
        SpikePictures.Membrane(spikes, column, neuron).Save(Path.Combine(folder, "word-membrane.svg"));
        Console.WriteLine($"Pictures: {Path.Combine(folder, "word.svg")}, word-membrane.svg");
    }

    private static string Line(SpikingSession session)
    {
        float sure = session.Score[session.PredictedClass];
        double seconds = (double)session.Steps * MelBands.Hop / MelBands.Rate;
        return string.Create(CultureInfo.InvariantCulture, $"  {seconds:F2} s  {session.PredictedLabel,-10} {100 * sure,3:F0} %  {new string('#', (int)(BarLength * sure))}");
    }
}

using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>Spike trains, graded ones too, as the torch engine takes them.</summary>
internal static class DenseStimuli
{
    /// <returns>[time, batch, input].</returns>
    public static Tensor ToDense(this Stimulus[] stimuli, int inputs)
    {
        int steps = stimuli[0].Steps, batch = stimuli.Length;
        var spikes = new float[steps * batch * inputs];
        for (int step = 0; step < steps; step++)
            for (int sample = 0; sample < batch; sample++)
            {
                SpikeTrain train = stimuli[sample].Train;
                for (int i = 0; i < train[step].Length; i++)
                    spikes[(step * batch + sample) * inputs + train[step][i]] = train.IsGraded ? train.Values(step)[i] : 1;
            }
        return tensor(spikes, [steps, batch, inputs]);
    }

    /// <summary>Those that are the same in every step, [sample, input].</summary>
    public static Tensor ToHeld(this Stimulus[] stimuli, int inputs)
    {
        var held = new float[stimuli.Length * inputs];
        for (int sample = 0; sample < stimuli.Length; sample++)
            for (int i = 0; i < stimuli[sample].Inputs.Length; i++) held[sample * inputs + stimuli[sample].Inputs[i]] = stimuli[sample].Values[i];
        return tensor(held, [stimuli.Length, inputs]);
    }

    /// <returns>1 where a sample is there, 0 after its end, [time, batch]; null where all have all steps.</returns>
    public static Tensor? There(this Stimulus[] stimuli)
    {
        int steps = stimuli[0].Steps;
        if (stimuli.All(stimulus => stimulus.Length == steps)) return null;
        return tensor([.. Enumerable.Range(0, steps).SelectMany(step => stimuli.Select(stimulus => step < stimulus.Length ? 1f : 0))], [steps, stimuli.Length]);
    }
}

namespace Microsoft.ML.Spiking.Tests.Codes;

/// <summary>A stimulus as text: the inputs of each step, "0 2 | | 1", or the input of all steps, "0: 0.5, 2: 1".</summary>
internal static class Shown
{
    public static string Text(this Stimulus stimulus) => stimulus.IsConstant
        ? string.Join(", ", stimulus.Inputs.ToArray().Zip(stimulus.Values.ToArray(), (input, value) => FormattableString.Invariant($"{input}: {value}")))
        : string.Join(" | ", Enumerable.Range(0, stimulus.Steps).Select(step => string.Join(' ', stimulus.Train[step].ToArray())));

    /// <summary>What training shows of standardised features, without noise.</summary>
    public static string Text(this SpikeCode code, float[] x, int steps)
    {
        var stimulus = new Stimulus(steps);
        code.Encode([.. x], [], default, stimulus);
        return stimulus.Text();
    }
}

namespace Microsoft.ML.Spiking.Codes;

/// <summary>Where a sequence ends that is shorter than its column: time steps at the end whose inputs are all NaN are none.</summary>
internal static class SequenceEnd
{
    /// <summary>Time steps of a row.</summary>
    /// <param name="x">The row, [step, input].</param>
    /// <param name="inputs">Inputs of a step.</param>
    public static int Of(ReadOnlySpan<float> x, int inputs)
    {
        int steps = x.Length / inputs;
        while (steps > 0 && !x.Slice((steps - 1) * inputs, inputs).ContainsNumber()) steps--;
        return steps;
    }

    private static bool ContainsNumber(this ReadOnlySpan<float> step)
    {
        foreach (float x in step)
            if (!float.IsNaN(x)) return true;
        return false;
    }
}

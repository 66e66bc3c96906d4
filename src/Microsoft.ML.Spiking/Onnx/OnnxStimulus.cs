using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>What a layer is shown over time in an ONNX graph.</summary>
/// <param name="Shown">All that there is to be shown, [row, part, input].</param>
/// <param name="Parts">Which part each time step shows.</param>
/// <param name="Row">What is known of the rows themselves.</param>
internal sealed record OnnxStimulus(OnnxTensor Shown, int[] Parts, OnnxRow Row)
{
    private const int Silence = -1;

    /// <summary>How many parts there are.</summary>
    public int Count => Parts.Max() + 1;

    /// <summary>Whether it is the same in every time step.</summary>
    public bool IsHeld => Count == 1;

    /// <summary>The same in every time step.</summary>
    /// <param name="inputs">[row, input].</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="row">What is known of the rows themselves.</param>
    public static OnnxStimulus Held(OnnxTensor inputs, int steps, OnnxRow row) => new(inputs.Within(axis: 1), new int[steps], row);

    /// <summary>Something of its own in each time step.</summary>
    /// <param name="inputs">[row, step, input].</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="row">What is known of the rows themselves.</param>
    public static OnnxStimulus InTime(OnnxTensor inputs, int steps, OnnxRow row) => new(inputs, [.. Enumerable.Range(0, steps)], row);

    /// <summary>What arrives through delays: the inputs once for each of them, and nothing before anything is shown.</summary>
    public OnnxStimulus Arriving(IReadOnlyList<int> delays)
    {
        if (delays is [0]) return this;
        // What arrives more than once is one part.
        List<int[]> each = [];
        var found = new Dictionary<string, int>();
        var parts = new int[Parts.Length];
        for (int step = 0; step < parts.Length; step++)
        {
            int[] arriving = [.. delays.Select(delay => delay <= step ? Parts[step - delay] : Silence)];
            string key = string.Join(' ', arriving);
            if (found.TryAdd(key, each.Count)) each.Add(arriving);
            parts[step] = found[key];
        }
        OnnxTensor silent = Shown.At(0, axis: 1).Zeros().Within(axis: 1), all = OnnxTensor.Join(axis: 1, silent, Shown);
        OnnxTensor[] inputs = [.. delays.Select((_, i) => all.Gather(Shown.Graph.Whole([.. each.Select(part => part[i] - (long)Silence)]), axis: 1))];
        return this with { Shown = OnnxTensor.Join(axis: 2, inputs), Parts = parts };
    }

    /// <summary>From something of each part, [row, part, ...], to that of each time step, [row, step, ...].</summary>
    public OnnxTensor InSteps(OnnxTensor ofParts)
        => Count == Parts.Length ? ofParts : ofParts.Gather(ofParts.Graph.Whole([.. Parts.Select(part => (long)part)]), axis: 1);
}

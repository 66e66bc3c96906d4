using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>A layer in an ONNX graph, its time steps one after the other.</summary>
/// <param name="trained">The layer.</param>
/// <param name="shape">What it is.</param>
/// <param name="readout">How the readout reads its spikes; null where it does not.</param>
internal abstract class OnnxLayer(TrainedLayer trained, LayerShape shape, Readout? readout)
{
    /// <summary>What it learnt.</summary>
    protected TrainedLayer Trained => trained;

    /// <summary>What it is.</summary>
    protected LayerShape Shape => shape;

    /// <param name="trained">The layer.</param>
    /// <param name="read">What it reads.</param>
    /// <param name="shape">What it makes of that.</param>
    /// <param name="readout">How the readout reads its spikes; null where it does not.</param>
    public static OnnxLayer Of(TrainedLayer trained, LayerInput read, LayerShape shape, Readout? readout) => trained.Layer switch
    {
        ColumnLayer columns => new OnnxColumns(columns, trained, shape, readout),
        ConvolutionLayer maps => new OnnxConvolution(maps, trained, read, shape, readout),
        _ => throw Trouble.Onnx.NotSupported($"{trained.Layer.GetType().Name} has no form in ONNX."),
    };

    /// <summary>Shows it all time steps.</summary>
    public OnnxActivity Run(OnnxStimulus shown)
    {
        int steps = shown.Steps.Length;
        var fired = new OnnxTensor[steps];
        var counted = new OnnxTensor[steps];
        // An input that stays the same gives the same currents: they are computed once.
        var currents = new Dictionary<string, OnnxTensor>();
        for (int step = 0; step < steps; step++)
        {
            OnnxTensor[] arriving = shown.Arriving(step, trained.Layer.Delays);
            string key = string.Join(' ', arriving.Select(input => input.Name));
            if (!currents.TryGetValue(key, out OnnxTensor current)) currents.Add(key, current = Current(arriving));
            (fired[step], counted[step]) = Step(current, step, shown.Row);
        }
        return new OnnxActivity(new OnnxStimulus(fired, shown.Row), counted, shape, readout);
    }

    /// <summary>What multiplies the spike rates of its neurons before the readout, [neuron].</summary>
    public float[] RateScale() => [.. trained.RateScale().SelectMany(scale => Enumerable.Repeat(scale, shape.PerGroup))];

    /// <summary>The currents that inputs bring, with the neurons' own.</summary>
    /// <param name="arriving">What arrives through each delay, [row, input].</param>
    protected abstract OnnxTensor Current(OnnxTensor[] arriving);

    /// <summary>Takes a time step.</summary>
    /// <returns>What others read of it, [row, neuron], 1 for a spike; and what its spikes count for the readout.</returns>
    protected abstract (OnnxTensor Fired, OnnxTensor Counted) Step(OnnxTensor current, int step, OnnxRow row);
}

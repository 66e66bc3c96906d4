using TorchSharp;

namespace Microsoft.ML.Spiking;

/// <summary>The fastest engine that can do what the options ask, on the device.</summary>
internal static class EngineChoice
{
    /// <param name="options">The network.</param>
    /// <param name="weights">[column, neuron, input].</param>
    /// <param name="input">What the input column holds.</param>
    /// <param name="encoder">How rows become spikes.</param>
    /// <param name="samples">The training data.</param>
    /// <param name="device">Where to train.</param>
    public static ColumnEngine Make(SpikingNetworkOptions options, float[] weights, InputShape input, SampleEncoder encoder, TrainingSamples samples, torch.Device device)
    {
        int inputs = input.Inputs, steps = input.Steps ?? options.TimeSteps;
        ReceptiveFields? fields = ReceptiveFields.Of(options, input);
        if (device.type == DeviceType.CPU && options.Learning is not Surrogate { Neurons: not NeuronLearning.None })
            return (ColumnEngine?)TableColumns.TryCreate(options, weights, inputs, encoder, samples, steps)
                ?? new CpuColumns(options, weights, inputs, encoder, samples, steps, fields);
        return new TorchColumns(options, weights, inputs, samples.ToDevice(encoder, device), device, fields);
    }
}

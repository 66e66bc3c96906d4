using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Managed;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Samples;
using Microsoft.ML.Spiking.Torch;
using TorchSharp;

namespace Microsoft.ML.Spiking.Training;

/// <summary>The fastest engine that can do what the network asks, on the device.</summary>
internal static class EngineChoice
{
    /// <param name="network">The network.</param>
    /// <param name="weights">Of each layer's inputs, [column, neuron, input].</param>
    /// <param name="input">What the input column holds.</param>
    /// <param name="encoder">How rows become spikes.</param>
    /// <param name="samples">The training data.</param>
    /// <param name="device">Where to train.</param>
    public static TrainingEngine Make(SpikingNetwork network, float[][] weights, InputShape input, SampleEncoder encoder, TrainingSamples samples,
        torch.Device device)
    {
        int steps = input.Steps ?? network.TimeSteps;
        ReceptiveFields? fields = ReceptiveFields.Of(network.ColumnLayers[0], input);
        if (device.type == DeviceType.CPU && network.Layers.All(layer => layer.Learning is not Surrogate { Neurons: not NeuronLearning.None }))
            return (TrainingEngine?)TableEngine.TryCreate(network, weights[0], input.Inputs, encoder, samples, steps)
                ?? new CpuEngine(network, weights, input.Inputs, encoder, samples, steps, fields);
        return new TorchEngine(network, weights, input.Inputs, samples.ToDevice(encoder, device), device, fields);
    }
}

using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Model;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>What a training on the CPU keeps of a batch, reckoned before any of it is made.</summary>
internal static class BatchMemory
{
    /// <exception cref="InvalidOperationException">It is more than there is room for.</exception>
    public static void Check(SpikingNetworkOptions options, InputShape input, int rows)
    {
        if (Fault(options, input, rows, ModelSize.Memory) is { } fault) throw Trouble.Batch.InvalidOperation(fault);
    }

    /// <summary>Why a batch cannot be held, and what to make smaller; null where it can.</summary>
    /// <param name="options">The network and its training.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="rows">Rows to train on.</param>
    /// <param name="memory">Bytes that there are.</param>
    public static string? Fault(SpikingNetworkOptions options, InputShape input, int rows, long memory)
    {
        int batch = Math.Min(options.BatchSize!.Value, rows), steps = input.Steps ?? options.Network.TimeSteps;
        LayerShape[] shapes = options.Network.ShapesOf(input);
        return ModelSize.Fault([.. options.Network.Layers.SelectMany((layer, i) => Parts(layer, shapes[i],
            options.Network.Layers.Length == 1 ? "" : $" in layer {i}", batch, steps))], memory);
    }

    private static MemoryPart[] Parts(Layer layer, LayerShape shape, string where, int batch, int steps) => layer switch
    {
        ColumnLayer columns => Parts(columns, where, batch, steps),
        ConvolutionLayer maps => Parts(maps, shape, where, batch, steps),
        _ => throw new NotSupportedException($"{layer.GetType().Name} has no size."),
    };

    private static MemoryPart[] Parts(ConvolutionLayer layer, LayerShape shape, string where, int batch, int steps)
    {
        const string smaller = "BatchSize, TimeSteps, Channels or the image";
        // What the convolution makes and what is passed on, and where the layer learns the gradients of both.
        int copies = layer.Learning is Surrogate ? 2 : 1;
        return
        [
            new($"the maps of a batch of {batch} rows of {steps} steps{where}", (double)shape.Groups * shape.Firing * steps * batch, copies, smaller),
            new($"the spikes of a batch of {batch} rows of {steps} steps{where}", (double)shape.Groups * shape.PerGroup * steps * batch, copies, smaller),
        ];
    }

    private static MemoryPart[] Parts(ColumnLayer layer, string where, int batch, int steps)
    {
        const string smaller = "BatchSize, TimeSteps, Columns or NeuronsPerColumn";
        double lanes = ModelSize.LanesOf(layer), kept = NeuronKernels.KeptBy(layer);
        // The gradient goes back over the membranes of every neuron in every step; a spike is a bit.
        return
        [
            new($"the membranes of a batch of {batch} rows of {steps} steps{where}", layer.Learning is Surrogate ? lanes * kept * batch * steps : 0, 1,
                smaller),
            new($"the spikes of a batch of {batch} rows of {steps} steps{where}", steps * (lanes / 32 + 2.0 * layer.Columns), batch, smaller),
        ];
    }
}

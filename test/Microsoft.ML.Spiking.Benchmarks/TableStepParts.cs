using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Where the time of the table engine's step goes, part by part.</summary>
internal sealed class TableStepParts(ReferenceInput input)
{
    private const int Runs = 31;

    public void Print()
    {
        using var scope = NewDisposeScope();
        ColumnLayer layer = ReferenceInput.Layer;
        var lanes = new Lanes(layer);
        var simulation = new TableSimulation(lanes, TableWeights.TryCreate(lanes, input.Weights, ReferenceInput.Inputs)!, BatchKernels.Fastest);
        var activity = new BatchActivity(lanes, ReferenceInput.Network.TimeSteps, ReferenceInput.Batch);
        using NetworkTensors network = ReferenceInput.Tensors();
        float[] heard = network.Layers[0].Heard();
        Tensor accumulated = empty(layer.Columns, layer.NeuronsPerColumn, PackedSpikes.Lanes);

        Timing.Print("encode: probabilities of the batch's bytes, and its packed spikes", Runs, input.DrawPacked);
        Timing.Print("columns: currents from tables, neurons over time, rates", Runs, () => simulation.Show(input.Packed, activity));
        Timing.Print("influence and accumulation: what columns hear, what spikes add up to", Runs, () =>
            simulation.Accumulate(activity, heard, (float)layer.Modulation, new FixedFloats(accumulated)));
        Timing.Print("gradient of the connections", Runs, ()
            => simulation.Backward(activity, heard, (float)layer.Modulation, new FixedFloats(accumulated)));
        PrintLearning(network);
    }

    private void PrintLearning(NetworkTensors network)
    {
        using var descent = network.Descent(ReferenceInput.Options.Optimiser, total: 1000);
        using TableEngine engine = input.TableEngine();
        var learner = new Learner(network, ReferenceInput.Options, engine);
        IReadOnlyList<LayerPass> passes = engine.Run(network.Layers[0], input.Packed);
        Tensor labels = ReferenceInput.Labels();
        Timing.Print("readout and all gradients: STDP, homeostasis, readout, loss, backward", Runs, () =>
        {
            using var stepScope = NewDisposeScope();
            learner.Learn(passes, labels);
        }, prepare: () =>
        {
            passes[0].Accumulated.grad = null;
            foreach (var parameter in network.Parameters) parameter.grad = null;
        });
        Tensor x = passes[0].Accumulated.detach().flatten(1), weight = network.HiddenWeight!.detach(), gradient = ones(ReferenceInput.Batch, weight.shape[0]);
        Timing.Print("  of it the hidden layer's three products alone, libtorch's", Runs, () =>
        {
            using var products = NewDisposeScope();
            x.matmul(weight.t());
            gradient.matmul(weight);
            gradient.t().matmul(x);
        });
        Timing.Print("optimiser: clipping and AdamW", Runs, descent.Step, prepare: () =>
        {
            using var gradients = NewDisposeScope();
            foreach (var parameter in network.Readout.Append(network.Layers[0].InterWeights)) parameter.grad = ones_like(parameter);
        });
    }
}

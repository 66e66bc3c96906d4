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
        SpikingNetworkOptions options = ReferenceInput.Options;
        var lanes = new Lanes(options);
        var simulation = new TableSimulation(lanes, TableWeights.TryCreate(lanes, input.Weights, ReferenceInput.Inputs)!);
        var activity = new BatchActivity(lanes, options.TimeSteps, ReferenceInput.Batch);
        using SpikingNetwork network = ReferenceInput.Network();
        float[] heard = network.Heard();
        Tensor accumulated = empty(options.Columns, options.NeuronsPerColumn, PackedSpikes.Lanes);

        Timing.Print("encode: probabilities of the batch's bytes, and its packed spikes", Runs, input.DrawPacked);
        Timing.Print("columns: currents from tables, neurons over time, rates", Runs, () => simulation.Show(input.Packed, activity));
        Timing.Print("influence and accumulation: what columns hear, what spikes add up to", Runs, () =>
            simulation.Accumulate(activity, heard, (float)options.Modulation, new FixedFloats(accumulated)));
        Timing.Print("gradient of the connections", Runs, () => simulation.Backward(activity, heard, (float)options.Modulation, new FixedFloats(accumulated)));
        PrintLearning(network);
    }

    private void PrintLearning(SpikingNetwork network)
    {
        using var descent = new GradientDescent(network, total: 1000);
        using TableColumns columns = input.TableColumns();
        var learner = new Learner(network, columns);
        ColumnPass pass = columns.Run(network, input.Packed);
        Tensor labels = ReferenceInput.Labels();
        Timing.Print("readout and all gradients: STDP, homeostasis, readout, loss, backward", Runs, () =>
        {
            using var stepScope = NewDisposeScope();
            learner.Learn(pass, labels);
        }, prepare: () =>
        {
            pass.Accumulated.grad = null;
            foreach (var parameter in network.Parameters) parameter.grad = null;
        });
        Tensor x = pass.Accumulated.detach().flatten(1), weight = network.HiddenWeight!.detach(), gradient = ones(ReferenceInput.Batch, weight.shape[0]);
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
            foreach (var parameter in network.Readout.Append(network.InterWeights)) parameter.grad = ones_like(parameter);
        });
    }
}

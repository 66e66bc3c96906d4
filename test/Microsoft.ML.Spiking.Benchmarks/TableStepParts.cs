using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Where the time of the table engine's step goes, part by part.</summary>
internal sealed class TableStepParts(ReferenceInput input)
{
    private const int Runs = 31;

    public void Print()
    {
        ColumnLayer layer = ReferenceInput.Layer;
        var lanes = new Lanes(layer);
        var simulation = new TableSimulation(lanes, TableWeights.TryCreate(lanes, input.Weights, ReferenceInput.Inputs)!, BatchKernels.Fastest);
        var activity = new BatchActivity(lanes, ReferenceInput.Network.TimeSteps, ReferenceInput.Batch);
        NetworkArrays network = ReferenceInput.Arrays();
        float[] heard = network.Layers[0].Heard();
        var accumulated = new AlignedFloats(layer.Neurons * PackedSpikes.Lanes);

        Timing.Print("encode: probabilities of the batch's bytes, and its packed spikes", Runs, input.DrawPacked);
        Timing.Print("columns: currents from tables, neurons over time, rates", Runs, () => simulation.Show(input.Packed, activity));
        Timing.Print("influence and accumulation: what columns hear, what spikes add up to", Runs, () =>
            simulation.Accumulate(activity, heard, (float)layer.Modulation, accumulated));
        Timing.Print("gradient of the connections", Runs, ()
            => simulation.Backward(activity, heard, (float)layer.Modulation, accumulated));
        PrintLearning(network);
    }

    private void PrintLearning(NetworkArrays network)
    {
        GradientDescent descent = network.Descent(ReferenceInput.Options.Optimiser, total: 1000);
        TableEngine engine = input.TableEngine()!;
        var learner = new ManagedLearner(network, ReferenceInput.Options, engine);
        IReadOnlyList<LayerActivity> layers = engine.Run(network.Layers[0], input.Packed);
        Timing.Print("readout and all gradients: STDP, homeostasis, readout, loss, backward", Runs, () => learner.Learn(layers, ReferenceInput.Labels));
        PrintProducts(layers[0].Accumulated, network.HiddenWeight!);
        Timing.Print("optimiser: clipping and AdamW", Runs, descent.Step);
    }

    private static void PrintProducts(NeuronSums sums, TrainedArray weight)
    {
        int batch = ReferenceInput.Batch, hidden = weight.Shape[0];
        Matrix x = sums.Matrix, gradient = new(new AlignedFloats(batch * hidden), batch, hidden), y = new(new AlignedFloats(batch * hidden), batch, hidden);
        NeuronSums ofX = sums.Alike();
        Timing.Print("  of it the hidden layer's three products alone", Runs, () =>
        {
            MatrixProduct.Run(x, weight.Matrix.Transposed, y);
            MatrixProduct.Run(weight.Matrix.Transposed, gradient.Transposed, ofX.Matrix.Transposed);
            MatrixProduct.Run(gradient.Transposed, x, weight.GradientMatrix);
        });
        using var scope = NewDisposeScope();
        Tensor values = rand(batch, sums.Matrix.Columns), weights = rand(hidden, sums.Matrix.Columns), ofY = ones(batch, hidden);
        Timing.Print("  the same three by libtorch", Runs, () =>
        {
            using var products = NewDisposeScope();
            values.matmul(weights.t());
            ofY.matmul(weights);
            ofY.t().matmul(values);
        });
    }
}

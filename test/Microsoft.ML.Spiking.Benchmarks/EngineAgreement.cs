using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>That the reference loop computes what it is compared with, on a tiny network: a faster wrong result is no result.</summary>
internal static class EngineAgreement
{
    private const int Inputs = 40, Classes = 3, Batch = 5;
    private const double Tolerance = 1e-4;

    /// <exception cref="InvalidOperationException">The two differ.</exception>
    public static void Check()
    {
        SpikingNetwork tiny = ReferenceInput.Network.EachLayer(layer => layer with { Columns = 12, NeuronsPerColumn = 20 }) with { TimeSteps = 30 };
        float[] weights = ColumnInitialiser.Draw(tiny.ColumnLayers[0], Inputs, seed: 1);
        using var scope = NewDisposeScope();
        using var network = new NetworkTensors(tiny, Inputs, Classes, seed: 1, CPU);
        using var torch = new TorchEngine(tiny, [weights], Inputs, samples: null, CPU);
        using var loop = new ReferenceLoop(tiny, weights, Inputs);
        using var generator = new Generator(1, CPU);
        Tensor spikes = (rand([tiny.TimeSteps, Batch, Inputs], generator: generator) < 0.3).to_type(float32);

        var (rates, accumulated, gradient) = Differentiate(network, torch.Run(network, spikes), loss => torch.Backward(loss));
        if (accumulated.count_nonzero().item<long>() == 0) throw new InvalidOperationException("No neuron fired, so the engines' agreement means nothing.");
        var (loopRates, loopAccumulated, loopGradient) = Differentiate(network, loop.Run(network, spikes), loss => loss.backward());
        Compare("rates", rates, loopRates);
        Compare("accumulated spikes", accumulated, loopAccumulated);
        Compare("gradient of the connections", gradient, loopGradient);
    }

    /// <summary>The pass, and the gradient of the connections from a loss that weighs every neuron differently.</summary>
    private static (Tensor Rates, Tensor Accumulated, Tensor Gradient) Differentiate(NetworkTensors network, IReadOnlyList<LayerPass> passes, Action<Tensor> backward)
    {
        (LayerPass pass, Tensor interWeights) = (passes[0], network.Layers[0].InterWeights);
        interWeights.grad = null;
        backward(pass.Accumulated().square().sum());
        return (pass.Rates(), pass.Accumulated().detach(), interWeights.grad!.clone());
    }

    private static void Compare(string what, Tensor expected, Tensor actual)
    {
        if (expected.allclose(actual, rtol: Tolerance, atol: Tolerance)) return;
        double apart = (expected - actual).abs().max().item<float>();
        throw new InvalidOperationException($"ReferenceLoop and TorchEngine differ in the {what}, by up to {apart}.");
    }
}

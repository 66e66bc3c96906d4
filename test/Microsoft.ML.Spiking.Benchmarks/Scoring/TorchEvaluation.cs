using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Evaluation by the torch engine: the columns as tensor operations, their input's product once, and the readout.</summary>
internal sealed class TorchEvaluation(float[] pixels)
{
    private const int Batch = 250;

    public void Run()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var input = new ReferenceInput();
        using SpikingNetwork network = ReferenceInput.Network();
        using var columns = new TorchColumns(ReferenceInput.Options, input.Weights, ReferenceInput.Inputs, samples: null, CPU);
        var code = new float[Batch * ReferenceInput.Inputs];
        for (int first = 0; first < pixels.Length; first += code.Length)
        {
            using var batchScope = NewDisposeScope();
            Parallel.For(0, Batch, row => input.Encoder.Evaluation(
                pixels.AsSpan(first + row * ReferenceInput.Inputs, ReferenceInput.Inputs), code.AsSpan(row * ReferenceInput.Inputs, ReferenceInput.Inputs)));
            ColumnPass pass = columns.RunConstant(network, tensor(code, [Batch, ReferenceInput.Inputs]));
            network.Logits(pass.Accumulated).argmax(1).cpu();
        }
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Evaluation by the torch engine: the columns as tensor operations, their input's product once, and the readout.</summary>
internal sealed class TorchEvaluation : IDisposable
{
    private const int Batch = 250;
    private readonly ReferenceInput _input = new();
    private readonly NetworkTensors _network = ReferenceInput.Tensors();
    private readonly float[] _code = new float[Batch * ReferenceInput.Inputs];
    private readonly TorchEngine _engine;

    private readonly float[] _pixels;

    /// <param name="pixels">[row, input]; a multiple of 250 rows.</param>
    public TorchEvaluation(float[] pixels)
    {
        _pixels = pixels;
        _engine = new TorchEngine(ReferenceInput.Network, [_input.Weights], ReferenceInput.Inputs, samples: null, CPU);
    }

    public void Run()
    {
        using var noGradient = no_grad();
        for (int first = 0; first < _pixels.Length; first += _code.Length)
        {
            using var scope = NewDisposeScope();
            Parallel.For(0, Batch, row => Encode(first, row));
            IReadOnlyList<LayerPass> passes = _engine.RunConstant(_network, tensor(_code, [Batch, ReferenceInput.Inputs]));
            _network.Logits(passes[0].Accumulated().flatten(1)).argmax(1).cpu();
        }
    }

    private void Encode(int first, int row)
    {
        Span<float> code = _code.AsSpan(row * ReferenceInput.Inputs, ReferenceInput.Inputs);
        var stimulus = new Stimulus(ReferenceInput.Network.TimeSteps);
        Span<float> features = stimulus.Features(code.Length);
        _pixels.AsSpan(first + row * code.Length, code.Length).CopyTo(features);
        _input.Encoder.Evaluate(features, stimulus);
        code.Clear();
        for (int k = 0; k < stimulus.Inputs.Length; k++) code[stimulus.Inputs[k]] = stimulus.Values[k];
    }

    public void Dispose()
    {
        _engine.Dispose();
        _network.Dispose();
    }
}

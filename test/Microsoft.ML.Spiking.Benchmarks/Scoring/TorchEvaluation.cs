using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Evaluation by the torch engine: the columns as tensor operations, their input's product once, and the readout.</summary>
internal sealed class TorchEvaluation : IDisposable
{
    private const int Batch = 250;
    private readonly ReferenceInput _input = new();
    private readonly SpikingNetwork _network = ReferenceInput.Network();
    private readonly float[] _code = new float[Batch * ReferenceInput.Inputs];
    private readonly TorchColumns _columns;

    private readonly float[] _pixels;

    /// <param name="pixels">[row, input]; a multiple of 250 rows.</param>
    public TorchEvaluation(float[] pixels)
    {
        _pixels = pixels;
        _columns = new TorchColumns(ReferenceInput.Options, _input.Weights, ReferenceInput.Inputs, samples: null, CPU);
    }

    public void Run()
    {
        using var noGradient = no_grad();
        for (int first = 0; first < _pixels.Length; first += _code.Length)
        {
            using var scope = NewDisposeScope();
            Parallel.For(0, Batch, row => Encode(first + row * ReferenceInput.Inputs, _code.AsSpan(row * ReferenceInput.Inputs, ReferenceInput.Inputs)));
            ColumnPass pass = _columns.RunConstant(_network, tensor(_code, [Batch, ReferenceInput.Inputs]));
            _network.Logits(pass.Accumulated).argmax(1).cpu();
        }
    }

    private void Encode(int at, Span<float> code)
    {
        _input.Encoder.Probabilities(_pixels.AsSpan(at, code.Length), code);
        ReferenceInput.Options.Evaluation.Encode(code);
    }

    public void Dispose()
    {
        _columns.Dispose();
        _network.Dispose();
    }
}

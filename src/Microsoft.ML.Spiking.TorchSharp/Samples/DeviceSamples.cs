using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Images;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Native;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>The training rows on the device, and what a batch of them trains with.</summary>
internal sealed class DeviceSamples : IDisposable
{
    private readonly Tensor _rows;
    private readonly Encoding _encode;
    private readonly StandardisationTensors? _standardisation;

    private delegate ShownBatch Encoding(CodeTensors tensors, Tensor rows, CounterRandom random, Generator generator);

    private DeviceSamples(Tensor rows, Encoding encode, StandardisationTensors? standardisation = null)
        => (_rows, _encode, _standardisation) = (rows.DetachFromDisposeScope(), encode, standardisation);

    /// <param name="rows">[row, feature].</param>
    /// <param name="unit">What turns an entry into the feature.</param>
    /// <param name="encoder">Encodes features.</param>
    /// <param name="shifts">How images move about; null where they stay.</param>
    public static DeviceSamples Intensities(Tensor rows, float unit, SampleEncoder encoder, ImageShifts? shifts = null)
    {
        var standardisation = new StandardisationTensors(encoder.Standardisation, rows.device);
        SpikeCode code = encoder.Code;
        return new(rows, (tensors, batch, random, generator) =>
        {
            Tensor features = (shifts?.Move(batch, random) ?? batch).to_type(float32).mul(((double)unit).Rooted());
            return code.Encode(standardisation.Apply(features), tensors, generator);
        }, standardisation);
    }

    /// <param name="rows">[row, byte], eight entries of [time, input] a byte, the first of them lowest.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="inputs">Inputs.</param>
    public static DeviceSamples SpikeTrains(Tensor rows, int steps, int inputs)
        => new(rows, (_, batch, _, _) =>
        {
            Tensor bit = tensor((byte[])[1, 2, 4, 8, 16, 32, 64, 128], device: batch.device);
            Tensor bits = batch.unsqueeze(2).bitwise_and(bit).flatten(1).to_type(@bool);
            return new ShownBatch(bits.narrow(1, 0, (long)steps * inputs).view(-1, steps, inputs).transpose(0, 1).to_type(float32), Probability: null);
        });

    /// <summary>What a batch of rows trains with.</summary>
    public ShownBatch Draw(CodeTensors tensors, ReadOnlySpan<int> rows, CounterRandom random)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(random.Bits(0) >> 1, CPU);
        Tensor batch = _rows.index_select(0, tensor(rows.ToArray(), device: _rows.device));
        ShownBatch shown = _encode(tensors, batch, random, generator);
        return new ShownBatch(shown.Input.MoveToOuterDisposeScope(), shown.Probability?.MoveToOuterDisposeScope());
    }

    public void Dispose()
    {
        _rows.Dispose();
        _standardisation?.Dispose();
    }
}

using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Fused;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Images;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Native;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>The training rows on the device, and what a batch of them trains with.</summary>
internal sealed class DeviceSamples : IDisposable
{
    private readonly Tensor? _rows;
    private readonly Func<int[], CounterRandom, Tensor>? _look;
    private readonly Encoding _encode;
    private readonly IDisposable[] _kept;

    private delegate ShownBatch Encoding(CodeTensors tensors, Tensor rows, CounterRandom random);

    private DeviceSamples(Tensor rows, Encoding encode, params IDisposable[] kept) => (_rows, _encode, _kept) = (rows.DetachFromDisposeScope(), encode, kept);

    private DeviceSamples(Func<int[], CounterRandom, Tensor> look, Encoding encode, params IDisposable[] kept)
        => (_look, _encode, _kept) = (look, encode, kept);

    /// <summary>Copies the training rows to a device.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="encoder">Encodes features.</param>
    /// <param name="device">Where to.</param>
    /// <param name="chunk">Rows that are copied at a time: a copy on the host of all of them would be as large as they are.</param>
    /// <param name="kernels">What draws spikes in one launch; null where nothing does.</param>
    public static DeviceSamples Of(TrainingSamples samples, SampleEncoder encoder, Device device, int chunk = 4096, FusedKernels? kernels = null)
    {
        using var scope = NewDisposeScope();
        switch (samples)
        {
            case IntensitySamples { Augmenter.Rule.OnlyShifts: false } images: return Looks(images, encoder, device, kernels);
            case IntensitySamples { AreBytes: true } images:
                Tensor pixels = Filled<byte>(images.Count, images.Width, device, chunk, images.CopyTo);
                return encoder is { LevelProbabilities: not null, ScaleLearns: false } ? Levels(pixels, encoder, images.Augmenter, kernels)
                    : Intensities(pixels, 1f / 255, encoder, images.Augmenter, kernels);
            case IntensitySamples intensities:
                Tensor features = Filled<float>(intensities.Count, intensities.Width, device, chunk, intensities.CopyTo);
                return intensities is { HasShort: true, Steps: { } steps } ? Short(features, steps, encoder)
                    : Intensities(features, 1, encoder, intensities.Augmenter, kernels);
            case SpikeTrainSamples trains:
                Tensor bits = Filled<byte>(trains.Count, trains.RowBytes, device, chunk, trains.CopyTo);
                return SpikeTrains(bits, trains.Steps, trains.Inputs);
            default: throw new NotSupportedException($"{samples.GetType().Name} has no form on tensors.");
        }
    }

    /// <param name="rows">[row, feature].</param>
    /// <param name="unit">What turns an entry into the feature.</param>
    /// <param name="encoder">Encodes features.</param>
    /// <param name="shifts">How images move about; null where they stay.</param>
    /// <param name="kernels">What draws spikes in one launch; null where nothing does.</param>
    public static DeviceSamples Intensities(Tensor rows, float unit, SampleEncoder encoder, ImageAugmenter? shifts = null, FusedKernels? kernels = null)
    {
        var standardisation = new StandardisationTensors(encoder.Standardisation, rows.device);
        ImageShiftTensors? moves = shifts is null ? null : new ImageShiftTensors(shifts, rows.device);
        var noise = new CounterNoise(rows.device, kernels);
        SpikeCode code = encoder.Code;
        return new(rows, (tensors, batch, random) =>
        {
            Tensor features = (moves?.Move(batch, random) ?? batch).to_type(float32).mul(((double)unit).Rooted());
            return code.Encode(standardisation.Apply(features), tensors, noise, random);
        }, moves is null ? [standardisation, noise] : [standardisation, noise, moves]);
    }

    /// <summary>Images that are changed by more than shifts: on the host, as the CPU's engines see them, and a batch goes over as it is shown.</summary>
    private static DeviceSamples Looks(IntensitySamples images, SampleEncoder encoder, Device device, FusedKernels? kernels)
    {
        var standardisation = new StandardisationTensors(encoder.Standardisation, device);
        var noise = new CounterNoise(device, kernels);
        return new((rows, random) =>
        {
            var pixels = new float[rows.Length * images.Width];
            Parallel.For(0, rows.Length, sample => images.Look(rows[sample], random.For((ulong)sample), pixels.AsSpan(sample * images.Width, images.Width)));
            return tensor(pixels, [rows.Length, images.Width], device: device);
        }, (tensors, batch, random) => encoder.Code.Encode(standardisation.Apply(batch), tensors, noise, random), standardisation, noise);
    }

    /// <summary>Bytes of which each stands for a probability, the same for all inputs: they are reckoned once for all bytes, and looked up.</summary>
    /// <param name="rows">[row, feature].</param>
    /// <param name="encoder">Encodes features.</param>
    /// <param name="shifts">How images move about; null where they stay.</param>
    /// <param name="kernels">What draws spikes in one launch; null where nothing does.</param>
    private static DeviceSamples Levels(Tensor rows, SampleEncoder encoder, ImageAugmenter? shifts, FusedKernels? kernels)
    {
        ImageShiftTensors? moves = shifts is null ? null : new ImageShiftTensors(shifts, rows.device);
        var noise = new CounterNoise(rows.device, kernels);
        // Its products and quotients are those of any batch, of one input.
        using var standardisation = new StandardisationTensors(encoder.Standardisation, rows.device);
        Tensor features = ones([256, 1], float32, rows.device).cumsum(0).sub_(1.0.Rooted()).mul_(((double)(1f / 255)).Rooted());
        Tensor? scale = encoder.InputScale.IsEmpty ? null : tensor(encoder.InputScale[..1].ToArray(), device: rows.device);
        Tensor limits = SpikeCodeTensors.Limits(encoder.Code.Probability(standardisation.Apply(features), scale)).view(-1).DetachFromDisposeScope();
        return new(rows, (tensors, batch, random) =>
        {
            Tensor levels = (moves?.Move(batch, random) ?? batch).to_type(int32);
            return new ShownBatch(noise.Spikes(limits.index_select(0, levels.view(-1)).view(levels.shape), tensors.Steps, random), Probability: null);
        }, moves is null ? [limits, noise] : [limits, noise, moves]);
    }

    /// <summary>Sequences of which some end before their column: what they lack is NaN in the rows, and 0 where it is encoded.</summary>
    /// <param name="rows">[row, feature].</param>
    /// <param name="steps">Time steps of the column.</param>
    /// <param name="encoder">Encodes features.</param>
    private static DeviceSamples Short(Tensor rows, int steps, SampleEncoder encoder)
    {
        var standardisation = new StandardisationTensors(encoder.Standardisation, rows.device);
        var noise = new CounterNoise(rows.device);
        return new(rows, (tensors, batch, random) =>
        {
            Tensor missing = batch.isnan();
            Tensor there = missing.view(batch.shape[0], steps, -1).select(2, 0).logical_not().t().to_type(float32);
            Tensor features = standardisation.Apply(batch).masked_fill(missing, 0.0.Rooted());
            return encoder.Code.Encode(features, tensors, noise, random) with { There = there };
        }, standardisation, noise);
    }

    /// <param name="rows">[row, byte], eight entries of [time, input] a byte, the first of them lowest.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="inputs">Inputs.</param>
    public static DeviceSamples SpikeTrains(Tensor rows, int steps, int inputs)
    {
        Tensor bit = tensor((byte[])[1, 2, 4, 8, 16, 32, 64, 128], device: rows.device).DetachFromDisposeScope();
        return new(rows, (_, batch, _) =>
        {
            Tensor bits = batch.unsqueeze(2).bitwise_and(bit).flatten(1).to_type(@bool);
            return new ShownBatch(bits.narrow(1, 0, (long)steps * inputs).view(-1, steps, inputs).transpose(0, 1).to_type(float32), Probability: null);
        }, bit);
    }

    /// <summary>What a batch of rows trains with.</summary>
    /// <param name="tensors">What the code needs of the network.</param>
    /// <param name="rows">Which rows, [batch], int64, on the device.</param>
    /// <param name="random">The batch's own source of noise.</param>
    /// <param name="known">The same rows on the host, where they are known there: to ask the device for them would be to wait for it.</param>
    public ShownBatch Draw(CodeTensors tensors, Tensor rows, CounterRandom random, int[]? known = null)
    {
        using var scope = NewDisposeScope();
        Tensor batch = _look is null ? _rows!.index_select(0, rows) : _look(known ?? [.. rows.data<long>().Select(row => (int)row)], random);
        ShownBatch shown = _encode(tensors, batch, random);
        return new ShownBatch(
            shown.Input.MoveToOuterDisposeScope(), shown.Probability?.MoveToOuterDisposeScope(), shown.There?.MoveToOuterDisposeScope());
    }

    public void Dispose()
    {
        _rows?.Dispose();
        foreach (IDisposable kept in _kept) kept.Dispose();
    }

    /// <summary>Rows of a width that are copied at a time: no more than an array holds, however many are asked for.</summary>
    internal static int RowsAtATime(int chunk, int width) => Math.Clamp(chunk, 1, Math.Max(1, Array.MaxLength / Math.Max(1, width)));

    private delegate void RowCopy<T>(int row, Span<T> values);

    /// <summary>[row, value] on a device, by way of a few rows at a time: together they may be more than an array holds.</summary>
    private static Tensor Filled<T>(int rows, int width, Device device, int chunk, RowCopy<T> copy) where T : unmanaged
    {
        Tensor all = empty([rows, width], typeof(T) == typeof(byte) ? uint8 : float32, device);
        chunk = RowsAtATime(chunk, width);
        for (int first = 0; first < rows; first += chunk)
        {
            using var scope = NewDisposeScope();
            int count = Math.Min(chunk, rows - first);
            var values = new T[count * width];
            for (int row = 0; row < count; row++) copy(first + row, values.AsSpan(row * width, width));
            Tensor part = values is byte[] bytes ? tensor(bytes, [count, width], device: CPU) : tensor((float[])(object)values, [count, width], device: CPU);
            all.narrow(0, first, count).copy_(part);
        }
        return all;
    }
}

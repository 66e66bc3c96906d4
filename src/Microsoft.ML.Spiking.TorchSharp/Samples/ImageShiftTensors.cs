using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Images;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>The shifts of an <see cref="ImageAugmenter"/> on tensors.</summary>
/// <remarks>A batch copies its shifts to the device, two numbers a sample, and nothing else.</remarks>
internal sealed class ImageShiftTensors : IDisposable
{
    private readonly ImageAugmenter _shifts;
    private readonly Tensor _row, _column, _feature;

    public ImageShiftTensors(ImageAugmenter shifts, Device device)
    {
        _shifts = shifts;
        int features = shifts.Image.Features;
        Tensor PerFeature(Func<int, int> number)
            => tensor([.. Enumerable.Range(0, features).Select(i => (long)number(i))], device: device).DetachFromDisposeScope();
        _row = PerFeature(i => shifts.Image.Pixel(i).Row);
        _column = PerFeature(i => shifts.Image.Pixel(i).Column);
        _feature = PerFeature(i => i);
    }

    /// <summary>The images of a batch, moved as the CPU's engines move them.</summary>
    /// <param name="rows">[sample, feature].</param>
    /// <param name="random">The batch's own source of noise.</param>
    public Tensor Move(Tensor rows, CounterRandom random)
    {
        ImageShape image = _shifts.Image;
        (int Down, int Right)[] drawn = [.. Enumerable.Range(0, (int)rows.shape[0]).Select(sample => _shifts.Rule.Draw(random.For((ulong)sample)))];
        long[] numbers = [.. drawn.Select(shift => (long)shift.Down), .. drawn.Select(shift => (long)shift.Right)];
        Tensor shift = tensor(numbers, [2, drawn.Length, 1], device: rows.device);
        Tensor down = shift[0], right = shift[1];
        Tensor row = _row - down, column = _column - right;
        Tensor within = row.ge(Number(0)) & row.lt(Number(image.Height)) & column.ge(Number(0)) & column.lt(Number(image.Width));
        Tensor source = _feature - down.mul(Number((long)image.Width * image.Unit)) - right.mul(Number(image.Unit));
        return rows.gather(1, where(within, source, zeros_like(source))) * within;
    }

    public void Dispose()
    {
        _row.Dispose();
        _column.Dispose();
        _feature.Dispose();
    }

    // Without dimensions and on the host: a kernel takes its value, and nothing is copied.
    private static Tensor Number(long value) => tensor(value, device: CPU);
}

using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Images;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Samples;

/// <summary><see cref="ImageShifts"/> on tensors.</summary>
internal static class ImageShiftTensors
{
    /// <summary>The images of a batch, moved as the CPU's engines move them.</summary>
    /// <param name="shifts">How.</param>
    /// <param name="rows">[sample, feature].</param>
    /// <param name="random">The batch's own source of noise.</param>
    public static Tensor Move(this ImageShifts shifts, Tensor rows, CounterRandom random)
    {
        ImageShape image = shifts.Image;
        (int Down, int Right)[] drawn = [.. Enumerable.Range(0, (int)rows.shape[0]).Select(sample => shifts.Rule.Draw(random.For((ulong)sample)))];
        (int Row, int Column)[] pixels = [.. Enumerable.Range(0, (int)rows.shape[1]).Select(image.Pixel)];
        Tensor PerSample(Func<(int Down, int Right), int> number)
            => tensor([.. drawn.Select(shift => (long)number(shift))], [drawn.Length, 1], device: rows.device);
        Tensor PerFeature(Func<(int Row, int Column), int> number) => tensor([.. pixels.Select(pixel => (long)number(pixel))], device: rows.device);

        Tensor row = PerFeature(p => p.Row) - PerSample(s => s.Down), column = PerFeature(p => p.Column) - PerSample(s => s.Right);
        Tensor within = row.ge(Number(0)) & row.lt(Number(image.Height)) & column.ge(Number(0)) & column.lt(Number(image.Width));
        Tensor feature = tensor([.. Enumerable.Range(0, pixels.Length).Select(i => (long)i)], device: rows.device);
        Tensor source = feature - PerSample(s => (s.Down * image.Width + s.Right) * image.Unit);
        return rows.gather(1, where(within, source, zeros_like(source))) * within;

        Tensor Number(long value) => tensor(value, device: rows.device);
    }
}

using System.Numerics;

namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>Digits that this program draws itself, for a machine that has no MNIST and no network.</summary>
internal static class DrawnDigits
{
    /// <summary>Raised whenever the digits come out differently, so that those of an older program are not taken for them.</summary>
    public const int Edition = 1;

    public const int Size = 28;
    public const int TrainCount = 12_000;
    public const int TestCount = 2_000;

    // Bytes before those of the digits.
    private const int ImagesHeader = 16;
    private const int LabelsHeader = 8;

    // Grey levels, of 255, by which bare and inked pixels may be off, as in a scan.
    private const float PaperGrain = 8;
    private const float InkGrain = 24;

    /// <summary>Puts the four files into the folder, named as MNIST's are, unless they are there.</summary>
    public static async Task<DigitFiles> WriteToAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await WriteAsync(folder, MnistFile.TrainImages, MnistFile.TrainLabels, TrainCount, seed: 1);
        await WriteAsync(folder, MnistFile.TestImages, MnistFile.TestLabels, TestCount, seed: 2);
        return DigitFolder.TryOpen(folder, $"The digits are drawn by this program, into {folder}.")!;
    }

    /// <summary>Digits and their labels in random order, each digit equally often; the same for the same seed.</summary>
    public static (byte[] Pixels, byte[] Labels) Draw(int count, int seed, ParallelOptions? threads = null)
    {
        byte[] labels = ShuffledLabels(count, new SplitMix(Seed(seed, count)));
        byte[] pixels = new byte[count * Size * Size];
        // Each digit has its own generator: which thread draws it, and when, does not matter.
        Parallel.For(0, count, threads ?? new(), i =>
            Draw(labels[i], new SplitMix(Seed(seed, i)), pixels.AsSpan(i * Size * Size, Size * Size)));
        return (pixels, labels);
    }

    /// <summary>The same as rows with Features and Label, as <c>LoadFromIdx</c> gives them.</summary>
    public static IDataView View(MLContext ml, int count, int seed)
    {
        (byte[] pixels, byte[] labels) = Draw(count, seed);
        return ml.Data.LoadFromEnumerable(pixels.Chunk(Size * Size).Zip(labels, (digit, label) => new DrawnDigit { Features = [.. digit.Select(grey => grey / 255f)], Label = label }));
    }

    private static async Task WriteAsync(string folder, MnistFile images, MnistFile labels, int count, int seed)
    {
        string imagesPath = Path.Combine(folder, images.Name);
        string labelsPath = Path.Combine(folder, labels.Name);
        if (HoldsBytes(imagesPath, ImagesHeader + count * Size * Size) && HoldsBytes(labelsPath, LabelsHeader + count))
            return;

        var ml = new MLContext();
        IDataView digits = View(ml, count, seed);
        // Under names of this program's own first: another may be drawing the same.
        await WholeFile.WriteAsync(imagesPath, ownImages => WholeFile.WriteAsync(labelsPath, ownLabels =>
        {
            ml.Data.SaveAsIdx(digits, ownImages, ownLabels);
            return Task.CompletedTask;
        }));
    }

    private static bool HoldsBytes(string path, long length) => new FileInfo(path) is { Exists: true } file && file.Length == length;

    private static ulong Seed(int seed, int digit) => (ulong)seed << 32 | (uint)digit;

    private static byte[] ShuffledLabels(int count, SplitMix random)
    {
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++)
        {
            int other = random.Below(i + 1);
            labels[i] = labels[other];
            labels[other] = (byte)(i % 10);
        }

        return labels;
    }

    private static void Draw(int digit, SplitMix random, Span<byte> pixels)
    {
        var page = new Page(Size);
        var hand = Handwriting.Random(random, Size);
        foreach (Vector2[] stroke in DigitShapes.Pick(digit, random))
        {
            Vector2[] points = [.. stroke.Select(point => hand.Place(point, random))];
            Vector2[] line = [.. Curve.Through(points)];
            for (int i = 1; i < line.Length; i++)
                page.DrawLine(line[i - 1], line[i], hand.PenRadius);
        }

        for (int i = 0; i < pixels.Length; i++)
        {
            float ink = page.Covered[i];
            float grain = PaperGrain + ink * (InkGrain - PaperGrain);
            float grey = 255 * hand.Ink * ink + random.Between(-grain, grain);
            pixels[i] = (byte)Math.Clamp(grey, 0, 255);
        }
    }
}

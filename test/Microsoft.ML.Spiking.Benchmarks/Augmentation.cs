namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>What it takes to change the images of ten batches of 128, on one core, by kind of change.</summary>
internal static class Augmentation
{
    private const int Images = 1280, Runs = 31;

    private static readonly (string Name, ImageAugmentation Rule)[] s_rules =
    [
        ("shifts", new()),
        ("shifts and flips", new() { HorizontalFlip = true }),
        ("affine", new() { MaximumRotation = 10, MaximumScaling = 0.1, MaximumShear = 0.1 }),
        ("elastic", new() { Elastic = new() }),
        ("affine and elastic", new() { MaximumRotation = 10, MaximumScaling = 0.1, MaximumShear = 0.1, Elastic = new() }),
    ];

    public static void Run()
    {
        Machine.Print();
        float[] pixels = Digits.Pixels(new MLContext().Data.TakeRows(Digits.Training(new MLContext()), Images)), looks = new float[pixels.Length];
        int size = pixels.Length / Images, run = 0;
        double last = 0;
        foreach (var (name, rule) in s_rules)
        {
            var augmenter = new ImageAugmenter(rule, new ImageShape(1, 28, 28, 1));
            last = Timing.Print($"1,280 images of 28 by 28, one core: {name}", Runs, () =>
            {
                CounterRandom batch = CounterRandom.FromSeed(run++);
                for (int sample = 0; sample < Images; sample++) augmenter.Change(looks.AsSpan(sample * size, size), batch.For((ulong)sample));
            }, prepare: () => pixels.CopyTo(looks, 0));
        }
        Console.WriteLine($"augmentation: {last:F3} ms");
    }
}

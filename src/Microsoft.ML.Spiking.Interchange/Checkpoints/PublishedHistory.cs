namespace Microsoft.ML.Spiking.Checkpoints;

/// <summary>What a checkpoint remembers of its training, as far as it can be understood; nothing that predicts depends on it.</summary>
internal sealed class PublishedHistory
{
    private readonly TorchArchive _archive;

    /// <param name="root">What was saved.</param>
    /// <param name="archive">The checkpoint.</param>
    public PublishedHistory(PickleDict root, TorchArchive archive)
    {
        _archive = archive;
        var lists = new Dictionary<string, double[]>();
        if (root.GetValueOrDefault("history") is PickleDict history)
            foreach (var (name, value) in history)
                if (Numbers(value) is { Length: > 0 } numbers) lists[name.ToLowerInvariant()] = numbers;
        double[]? loss = Find(lists, "train", "loss") ?? Find(lists, "loss");
        Epochs = loss is null ? [] : Records(lists, loss);
        TestAccuracy = Fraction(Number(root, "test_accuracy") ?? Number(root, "test_acc"));
        SpikeRate = Number(root, "spike_rate") ?? (Epochs is [.., var last] && double.IsFinite(last.SpikeRate) ? last.SpikeRate : 0);
        Duration = Number(root, "training_time") is >= 0 and < 1e9 and var seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
    }

    public IReadOnlyList<EpochRecord> Epochs { get; }

    /// <summary>0 to 1; null where it was not saved.</summary>
    public double? TestAccuracy { get; }

    /// <summary>Mean rate at the end.</summary>
    public double SpikeRate { get; }

    public TimeSpan Duration { get; }

    private static EpochRecord[] Records(Dictionary<string, double[]> lists, double[] loss)
    {
        double[] accuracy = Whole(Find(lists, "train", "acc"), loss.Length), test = Whole(Find(lists, "test", "acc") ?? Find(lists, "val", "acc"), loss.Length),
            rate = Whole(Find(lists, "spike"), loss.Length);
        double percent = Percent([.. accuracy, .. test]);
        return
        [
            .. loss.Select((value, i) => new EpochRecord(
                i + 1, value, accuracy[i] / percent, double.IsNaN(test[i]) ? null : test[i] / percent, rate[i], double.NaN, double.NaN)),
        ];
    }

    /// <summary>A list that is as long as the others; else one of nothing.</summary>
    private static double[] Whole(double[]? list, int length) => list?.Length == length ? list : [.. Enumerable.Repeat(double.NaN, length)];

    // Some programs count in per cent.
    private static double Percent(double[] accuracies) => accuracies.Any(accuracy => accuracy > 1) ? 100 : 1;

    private static double? Fraction(double? accuracy) => accuracy is >= 0 and <= 100 and var known ? known / Percent([known]) : null;

    private static double[]? Find(Dictionary<string, double[]> lists, params string[] words)
        => lists.FirstOrDefault(list => words.All(word => list.Key.Contains(word, StringComparison.Ordinal))).Value;

    private double? Number(PickleDict root, string name)
        => Hyperparameters.Number(root.GetValueOrDefault(name), _archive) is { } number && double.IsFinite(number) ? number : null;

    private double[]? Numbers(object? value)
    {
        if (value is TorchTensor { Shape: [_] } tensor) return [.. _archive.Read(tensor).Select(number => (double)number)];
        if (value is not List<object?> list) return null;
        double?[] numbers = [.. list.Select(item => Hyperparameters.Number(item, _archive))];
        return numbers.All(number => number is not null) ? [.. numbers.Select(number => number!.Value)] : null;
    }
}

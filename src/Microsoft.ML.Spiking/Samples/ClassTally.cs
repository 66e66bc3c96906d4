namespace Microsoft.ML.Spiking.Samples;

/// <summary>How many rows of each class there are, and how much they count.</summary>
internal sealed class ClassTally
{
    private readonly SortedDictionary<int, (int Rows, double Sum, float Least, float Most)> _classes = [];

    /// <summary>Rows.</summary>
    public int Count { get; private set; }

    /// <summary>Counts a row.</summary>
    /// <param name="label">Its class, from 0.</param>
    /// <param name="weight">How much it counts.</param>
    public void Add(int label, float weight)
    {
        _classes[label] = _classes.TryGetValue(label, out var tally)
            ? (tally.Rows + 1, tally.Sum + weight, Math.Min(tally.Least, weight), Math.Max(tally.Most, weight)) : (1, weight, weight, weight);
        Count++;
    }

    /// <summary>Rows of each class, [K].</summary>
    public int[] OfClasses(int classes)
    {
        var rows = new int[classes];
        foreach (var (label, tally) in _classes) rows[label] = tally.Rows;
        return rows;
    }

    /// <summary>How much the rows count; null where all count alike, so that such a training is the very one without weights.</summary>
    /// <param name="classes">The weight of each class; null where they count alike.</param>
    public RowWeights? Weights(double[]? classes)
    {
        double Of(int label) => classes?[label] ?? 1;
        double least = _classes.Min(tally => tally.Value.Least * Of(tally.Key)), most = _classes.Max(tally => tally.Value.Most * Of(tally.Key));
        return least == most ? null : new RowWeights(classes, _classes.Sum(tally => tally.Value.Sum * Of(tally.Key)) / Count);
    }
}

namespace Microsoft.ML.Spiking.Data;

/// <summary>A file of labels, and how many classes they tell apart.</summary>
internal sealed record IdxLabels(IdxFile File, int ClassCount)
{
    public static IdxLabels Scan(IdxFile file)
    {
        using IdxReader reader = file.Read();

        // ML.NET's multiclass trainers and metrics refuse a single class, so that a file of noughts alone still makes a key of two.
        int largest = 1;
        for (long i = 0; i < file.Header.Count; i++)
        {
            reader.ReadItem();
            largest = Math.Max(largest, reader.Item[0]);
        }

        reader.RequireEnd();
        return new IdxLabels(file, largest + 1);
    }

    /// <summary>The key of a label: keys count from 1, since ML.NET keeps 0 for a missing one.</summary>
    public uint KeyOf(byte label)
        => label < ClassCount
            ? label + 1u
            : throw File.Changed($"its largest label was {ClassCount - 1} and now is at least {label}");
}

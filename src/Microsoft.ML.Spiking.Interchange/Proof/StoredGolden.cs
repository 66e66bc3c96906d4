namespace Microsoft.ML.Spiking.Proof;

/// <summary>Golden rows as JSON has them.</summary>
/// <param name="Version">Of the form.</param>
/// <param name="ScoreTolerance">How far a score may be off.</param>
/// <param name="SpikeTolerance">Spikes of a row that may differ.</param>
/// <param name="Dimensions">Of a row's input.</param>
/// <param name="IsSpikeTrain">Whether inputs are spike trains.</param>
/// <param name="Columns">Of each layer.</param>
/// <param name="Neurons">Of each layer's columns.</param>
/// <param name="Rows">The rows.</param>
internal sealed record StoredGolden(
    string Version, double ScoreTolerance, int SpikeTolerance, int[] Dimensions, bool IsSpikeTrain, int[] Columns, int[] Neurons, StoredGoldenRow[] Rows)
{
    private const int MostFeatures = 1 << 24;

    public static StoredGolden Of(string version, GoldenRows golden) => new(
        version, golden.ScoreTolerance, golden.SpikeTolerance, [.. golden.Dimensions], golden.IsSpikeTrain, [.. golden.Columns], [.. golden.Neurons],
        [.. golden.Rows.Select(StoredGoldenRow.Of)]);

    /// <exception cref="InvalidDataException">Its parts do not fit each other.</exception>
    public GoldenRows ToGolden(string version)
    {
        if (Version != version) throw new InvalidDataException($"they are of version '{Version}', but this library reads '{version}'; update the package.");
        if (ScoreTolerance is not (>= 0 and <= 1))
            throw new InvalidDataException($"their ScoreTolerance is {ScoreTolerance}, but it must lie between 0 and 1.");
        if (SpikeTolerance is < 0 or > GoldenRows.MostTolerated)
            throw new InvalidDataException($"their SpikeTolerance is {SpikeTolerance}, but it must lie between 0 and {GoldenRows.MostTolerated}.");
        long features = 1;
        foreach (int d in Dimensions)
            features = d is > 0 and <= MostFeatures && features <= MostFeatures ? features * d : throw new InvalidDataException("their Dimensions are none.");
        if (Columns.Length == 0 || Columns.Length != Neurons.Length || Columns.Any(c => c < 1) || Neurons.Any(n => n < 1))
            throw new InvalidDataException("their Columns and Neurons are not those of one layer or more.");
        if (Rows.Length == 0) throw new InvalidDataException("there is none.");
        long columns = Columns.Sum(c => (long)c);
        for (int row = 0; row < Rows.Length; row++)
            if (Fault(Rows[row], features, columns) is { } fault) throw new InvalidDataException($"row {row} {fault}");
        return new GoldenRows([.. Dimensions], IsSpikeTrain, [.. Columns], [.. Neurons], [.. Rows.Select(row => row.ToGolden())])
        {
            ScoreTolerance = ScoreTolerance, SpikeTolerance = SpikeTolerance,
        };
    }

    // The serialiser lets null through as an item of a list.
    private string? Fault(StoredGoldenRow? row, long features, long columns)
    {
        if (row is null || row.Spikes.Any(layer => layer is null)) return "is null.";
        if (row.Input.Length != features) return $"has {row.Input.Length} features instead of {features}.";
        if (row.Steps < 1) return $"takes {row.Steps} time steps, but it must be at least 1.";
        if (row.SpikeRate.Length != columns) return $"has {row.SpikeRate.Length} spike rates instead of {columns}.";
        if (row.Spikes.Length != Columns.Length || row.Spikes.Where((layer, i) => layer.Length != Columns[i] || layer.Any(n => n < 0)).Any())
            return "counts other columns' spikes.";
        if (row.Score.Length != Rows[0].Score.Length || row.Label < -1 || row.Label >= row.Score.Length || row.Label < 0 != (row.Score.Length == 0))
            return "names a class that is none.";
        return row.Input.Concat(row.SpikeRate).Concat(row.Score).All(float.IsFinite) ? null : "has a number that is not finite.";
    }
}

using System.Globalization;

namespace Microsoft.ML.Spiking;

/// <summary>Chooses what the options leave to the data: code and scales by what the inputs are like, batches and epochs by how many rows there are.</summary>
/// <remarks>Measured in docs/your-own-data.md. What the options say stands.</remarks>
internal static class LeftToData
{
    // Noise averages out over many inputs, and keeps a network from learning images by heart; of a table's few inputs it hides what matters.
    private const int ManyInputs = 64;

    private const int LargeBatch = 128, SmallBatch = 32, FewestEpochs = 4;

    /// <summary>Batches that a network needs to learn even the smallest data.</summary>
    public const int FewestUpdates = 400;

    /// <summary>The options with code and scaling.</summary>
    public static SpikingNetworkOptions Encoding(SpikingNetworkOptions options, InputShape input, FeatureStatistics measured)
    {
        if (input.IsSpikeTrain) return options with { Code = options.Code ?? Noisy, Scaling = FeatureScaling.None };
        FeatureScaling scaling = options is { Code: DeltaCode, Scaling: FeatureScaling.Auto } ? FeatureScaling.PerInput : Scaling(options.Scaling, measured);
        // What evaluation asks of the code stands too.
        bool noisy = options.Evaluation is DeterministicCode || scaling != FeatureScaling.PerInput && input.Features >= ManyInputs;
        return options with { Scaling = scaling, Code = options.Code ?? (noisy ? Noisy : new DirectCode { Gain = 1 }) };
    }

    /// <summary>What <see cref="FeatureScaling.Auto"/> comes to.</summary>
    public static FeatureScaling Scaling(FeatureScaling asked, FeatureStatistics measured)
        => asked != FeatureScaling.Auto ? asked : measured.AreOfOneKind ? FeatureScaling.Shared : FeatureScaling.PerInput;

    /// <summary>The options with batch size and epochs.</summary>
    public static SpikingNetworkOptions Batches(SpikingNetworkOptions options, int rows)
    {
        int batch = options.BatchSize ?? (Batches(rows, LargeBatch) * FewestEpochs >= FewestUpdates ? LargeBatch : SmallBatch);
        long perEpoch = Batches(rows, batch);
        return options with
        {
            BatchSize = batch,
            Epochs = options.Epochs ?? (options.Updates is null ? (int)Math.Max(FewestEpochs, (FewestUpdates + perEpoch - 1) / perEpoch) : null),
        };
    }

    /// <summary>The options that are still left to the data.</summary>
    public static IEnumerable<string> Names(SpikingNetworkOptions options)
    {
        if (options.Code is null) yield return nameof(options.Code);
        if (options.Scaling == FeatureScaling.Auto) yield return nameof(options.Scaling);
        if (options.BatchSize is null) yield return nameof(options.BatchSize);
        if (options.Epochs is null && options.Updates is null) yield return nameof(options.Epochs);
    }

    /// <summary>What was chosen, and why, as a line of the log; null where the options left nothing open.</summary>
    /// <param name="asked">The options as they came.</param>
    /// <param name="chosen">The options as they are trained by.</param>
    /// <param name="input">What the input column holds.</param>
    /// <param name="rows">Training rows.</param>
    public static string? Line(SpikingNetworkOptions asked, SpikingNetworkOptions chosen, InputShape input, int rows)
    {
        List<string> parts = [];
        if (!input.IsSpikeTrain && asked.Scaling == FeatureScaling.Auto)
            parts.Add(chosen.Code is DeltaCode ? "Scaling = PerInput, since DeltaCode goes by each input's own changes"
                : chosen.Scaling == FeatureScaling.PerInput ? "Scaling = PerInput, since the inputs' ranges differ as those of a table's columns do"
                : "Scaling = Shared, since the inputs are of one kind");
        if (!input.IsSpikeTrain && asked.Code is null)
            parts.Add($"Code = {chosen.Code!.GetType().Name}, for {input.Features} inputs {(chosen.Scaling == FeatureScaling.PerInput ? "of different ranges" : "of one kind")}");
        if (asked.BatchSize is null || asked.Epochs is null && asked.Updates is null)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"BatchSize = {chosen.BatchSize}{(asked.Updates is null ? $" and Epochs = {chosen.Epochs}" : "")}, for {rows} rows"));
        return parts.Count == 0 ? null : $"Chosen by the data, where the options do not say: {string.Join("; ", parts)}.";
    }

    private static IntensityCode Noisy => new() { MaximumProbability = 1 };

    private static long Batches(int rows, int size) => (rows + (long)size - 1) / size;
}

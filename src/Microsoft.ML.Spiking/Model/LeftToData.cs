using System.Globalization;
using Microsoft.ML.Spiking.Codes;

namespace Microsoft.ML.Spiking.Model;

/// <summary>Chooses what the options leave to the data: code and scales by what the inputs are like, batches and epochs by how many rows there are.</summary>
/// <remarks>Measured in docs/your-own-data.md. What the options say stands.</remarks>
internal static class LeftToData
{
    // Noise averages out over many inputs, and keeps a network from learning images by heart; of a table's few inputs it hides what matters.
    private const int ManyInputs = 64;

    private const int LargeBatch = 128, SmallBatch = 32, FewestEpochs = 4;

    /// <summary>Batches that a network needs to learn even the smallest data.</summary>
    public const int FewestBatches = 400;

    /// <summary>The network with code and scaling.</summary>
    public static SpikingNetwork Encoding(SpikingNetwork network, InputShape input, FeatureStatistics measured)
    {
        if (input.IsSpikeTrain) return network with { Code = network.Code ?? Noisy, Scaling = FeatureScaling.None };
        FeatureScaling scaling = network is { Code: DeltaCode, Scaling: FeatureScaling.Auto } ? FeatureScaling.PerInput : Scaling(network.Scaling, measured);
        // What evaluation asks of the code stands too.
        bool noisy = network.EvaluationCode is DeterministicCode || scaling != FeatureScaling.PerInput && input.Features >= ManyInputs;
        return network with { Scaling = scaling, Code = network.Code ?? (noisy ? Noisy : new DirectCode { Gain = 1 }) };
    }

    /// <summary>The options with all of it chosen.</summary>
    public static SpikingNetworkOptions All(SpikingNetworkOptions options, InputShape input, FeatureStatistics measured, int rows)
        => Schedule(options with { Network = Encoding(options.Network, input, measured) }, rows);

    /// <summary>What <see cref="FeatureScaling.Auto"/> comes to.</summary>
    public static FeatureScaling Scaling(FeatureScaling asked, FeatureStatistics measured)
        => asked != FeatureScaling.Auto ? asked : measured.AreOfOneKind ? FeatureScaling.Shared : FeatureScaling.PerInput;

    /// <summary>The options with batch size and epochs.</summary>
    public static SpikingNetworkOptions Schedule(SpikingNetworkOptions options, int rows)
    {
        int batch = options.BatchSize ?? (Batches(rows, LargeBatch) * FewestEpochs >= FewestBatches ? LargeBatch : SmallBatch);
        long perEpoch = Batches(rows, batch);
        return options with
        {
            BatchSize = batch,
            GradientBlocks = options.GradientBlocks ?? (options.Communicator is null ? null : TrainingRecipe.SharedBlocks),
            Epochs = options.Epochs ?? (options.Batches is null ? (int)Math.Max(FewestEpochs, (FewestBatches + perEpoch - 1) / perEpoch) : null),
        };
    }

    /// <summary>The options for rows that are not held: in blocks of whole batches.</summary>
    /// <param name="options">With a batch size.</param>
    /// <param name="rows">Rows of a block, where the options do not say.</param>
    public static SpikingNetworkOptions Blocks(SpikingNetworkOptions options, int rows)
    {
        long batches = Batches(options.BlockRows ?? rows, options.BatchSize!.Value);
        return options with { BlockRows = (int)Math.Min(batches * options.BatchSize.Value, int.MaxValue / options.BatchSize.Value * options.BatchSize.Value) };
    }

    /// <summary>The names of what is still left to the data, in the network and in the recipe.</summary>
    public static IEnumerable<string> Names(SpikingNetworkOptions options)
    {
        if (options.Network.Code is null) yield return nameof(SpikingNetwork.Code);
        if (options.Network.Scaling == FeatureScaling.Auto) yield return nameof(SpikingNetwork.Scaling);
        if (options.BatchSize is null) yield return nameof(options.BatchSize);
        if (options.BlockRows is null) yield return nameof(options.BlockRows);
        if (options.Epochs is null && options.Batches is null) yield return nameof(options.Epochs);
    }

    /// <summary>What was chosen for a model, and why, as a line; null where the options left nothing open.</summary>
    /// <param name="asked">The options as they came.</param>
    /// <param name="model">The model, which keeps what was chosen.</param>
    public static string? Line(SpikingNetworkOptions asked, SpikingModel model)
        => model.Training.Recipe is { } recipe ? Line(asked, model.Network, recipe, model.Input, (int)model.Training.Rows) : null;

    /// <summary>What was chosen, and why, as a line of the log; null where the options left nothing open.</summary>
    /// <param name="asked">The options as they came.</param>
    /// <param name="network">The network as it is trained.</param>
    /// <param name="recipe">What it is trained by.</param>
    /// <param name="input">What the input column holds.</param>
    /// <param name="rows">Training rows.</param>
    public static string? Line(SpikingNetworkOptions asked, SpikingNetwork network, TrainingRecipe recipe, InputShape input, int rows)
    {
        List<string> parts = [];
        if (!input.IsSpikeTrain && asked.Network.Scaling == FeatureScaling.Auto)
            parts.Add(network.Code is DeltaCode ? "Scaling = PerInput, since DeltaCode goes by each input's own changes"
                : network.Scaling == FeatureScaling.PerInput ? "Scaling = PerInput, since the inputs' ranges differ as those of a table's columns do"
                : "Scaling = Shared, since the inputs are of one kind");
        if (!input.IsSpikeTrain && asked.Network.Code is null)
            parts.Add($"Code = {network.Code!.GetType().Name}, for {input.Features} {(input.Features == 1 ? "input" : "inputs")} "
                + $"{(network.Scaling == FeatureScaling.PerInput ? "of different ranges" : "of one kind")}");
        if (asked.BatchSize is null || asked.Epochs is null && asked.Batches is null)
            parts.Add(string.Create(CultureInfo.InvariantCulture,
                $"BatchSize = {recipe.BatchSize}{(asked.Batches is null ? $" and Epochs = {recipe.Epochs}" : "")}, for {rows} rows"));
        if (asked.BlockRows is null && recipe.BlockRows is { } block)
            parts.Add($"BlockRows = {block}, since there is no room for all {rows} rows (where there is more, another model is trained, unless BlockRows says "
                + "as much)");
        return parts.Count == 0 ? null : $"Chosen by the data, where the options do not say: {string.Join("; ", parts)}.";
    }

    private static RateCode Noisy => new() { MaximumProbability = 1 };

    private static long Batches(int rows, int size) => (rows + (long)size - 1) / size;
}

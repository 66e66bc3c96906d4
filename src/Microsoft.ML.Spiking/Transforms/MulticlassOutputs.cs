using System.Collections.Immutable;
using System.Globalization;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Scoring;
using Microsoft.ML.Spiking.Storage;

namespace Microsoft.ML.Spiking.Transforms;

/// <summary>PredictedLabel, a key of the classes, and Score, the probability of each.</summary>
/// <param name="labels">What the keys stand for; null where the label had no values.</param>
internal sealed class MulticlassOutputs(LabelValues? labels) : ClassOutputs
{
    public override ImmutableArray<string> ClassNames(int classes)
        => labels?.Texts ?? [.. Enumerable.Range(0, classes).Select(k => k.ToString(CultureInfo.InvariantCulture))];

    public override DataViewSchema Extend(DataViewSchema input, SpikingModel model) => MulticlassSchema.Extend(input, model, labels);

    public override SpikingNetworkBlock Block(SpikingNetworkTransformer transformer, SampleReader reader, int capacity)
        => new MulticlassBlock(transformer, reader, capacity);

    public override void Save(ModelSaveContext context, IHostEnvironment env, SpikingModel model) => MLNet.Save(context, SpikingNetworkLoader.Version, writer =>
    {
        // *** Binary format ***
        // bool: whether the label has key values; the key values. The rest is in entries of its own.
        writer.Key.Write(labels is not null);
        labels?.Save(env, writer.Key);
        SpikingModelFile.Write(writer, model);
    });

    public static MulticlassOutputs Load(ModelReader reader) => new(reader.Key.ReadBoolean() ? LabelValues.Load(reader) : null);
}

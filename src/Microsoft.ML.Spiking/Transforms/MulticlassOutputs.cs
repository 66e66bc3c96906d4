using System.Collections.Immutable;
using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Onnx;
using Microsoft.ML.Spiking.Scoring;
using Microsoft.ML.Spiking.Storage;

namespace Microsoft.ML.Spiking.Transforms;

/// <summary>PredictedLabel, a key of the classes, and Score, the probability of each.</summary>
/// <param name="labels">What the keys stand for; null where the label had no values.</param>
internal sealed class MulticlassOutputs(LabelValues? labels) : ClassOutputs
{
    /// <summary>What the keys stand for; null where the label had no values.</summary>
    public LabelValues? Labels => labels;

    public override ImmutableArray<string> ClassNames(int classes)
        => labels?.Texts ?? [.. Enumerable.Range(0, classes).Select(k => k.ToString(CultureInfo.InvariantCulture))];

    public override DataViewSchema Extend(DataViewSchema input, SpikingModel model)
        => MulticlassSchema.Extend(input, model.Names, model.Classes, model.Network.AllColumns, labels);

    public override SpikingNetworkBlock Block(SpikingNetworkTransformer transformer, SampleReader reader, int capacity)
        => new MulticlassBlock(transformer, reader, capacity);

    // *** Binary format ***
    // Nothing: all is in entries of its own.
    public override void Save(ModelSaveContext context, IHostEnvironment env, SpikingModel model) => MLNet.Save(context, SpikingNetworkLoader.Version, writer =>
    {
        if (labels is not null) SpikingModelFile.Write(writer.Entry, labels);
        SpikingModelFile.Write(writer, model);
    });

    /// <exception cref="InvalidDataException">The model is damaged.</exception>
    public static SpikingNetworkTransformer Load(IHostEnvironment env, ModelReader reader)
        => SpikingNetworkTransformer.Load(env, reader, model => new MulticlassOutputs(SpikingModelFile.ReadClasses(reader, model.Classes)));

    public override void SaveOnnx(OnnxGraph graph, OnnxOutputs outputs, SpikingModel model)
    {
        OnnxTensor scores = outputs.Probabilities;
        OnnxTensor key = graph.Node("ArgMax", [scores], ("axis", 1L), ("keepdims", 1L)) + graph.Whole(1);   // of equals the first, as here
        if (outputs.Row.IsMissing is { } missing) key = missing.Choose(graph.Whole(0), key);
        graph.Add(model.Names.PredictedLabel, new KeyDataViewType(typeof(uint), model.Classes), key.As(typeof(uint)));
        graph.Add(model.Names.Score, new VectorDataViewType(NumberDataViewType.Single, model.Classes), outputs.OrNaN(scores));
        base.SaveOnnx(graph, outputs, model);
    }
}

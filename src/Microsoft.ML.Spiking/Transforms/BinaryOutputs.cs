using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Onnx;
using Microsoft.ML.Spiking.Scoring;
using Microsoft.ML.Spiking.Storage;
using System.Collections.Immutable;

namespace Microsoft.ML.Spiking.Transforms;

/// <summary>PredictedLabel, a Boolean, Score, its log-odds, and Probability: class 0 is false, class 1 is true.</summary>
internal sealed class BinaryOutputs : ClassOutputs
{
    /// <summary>The two classes as text, in the order of their scores.</summary>
    public static ImmutableArray<string> Names { get; } = [bool.FalseString, bool.TrueString];

    public override ImmutableArray<string> ClassNames(int classes) => Names;

    public override DataViewSchema Extend(DataViewSchema input, SpikingModel model) => BinarySchema.Extend(input, model);

    public override SpikingNetworkBlock Block(SpikingNetworkTransformer transformer, SampleReader reader, int capacity)
        => new BinaryBlock(transformer, reader, capacity);

    // *** Binary format ***
    // Nothing: all is in entries of its own.
    public override void Save(ModelSaveContext context, IHostEnvironment env, SpikingModel model)
        => MLNet.Save(context, SpikingNetworkBinaryLoader.Version, writer => SpikingModelFile.Write(writer, model));

    /// <exception cref="InvalidDataException">The model is damaged, or has other than two classes.</exception>
    public static SpikingNetworkTransformer Load(IHostEnvironment env, ModelReader reader) => SpikingNetworkTransformer.Load(env, reader, model =>
        model.Classes == Names.Length
            ? new BinaryOutputs()
            : throw Trouble.Model.InvalidData($"The model is damaged: it answers yes or no, but names {model.Classes} classes."));

    public override void SaveOnnx(OnnxGraph graph, OnnxOutputs outputs, SpikingModel model)
    {
        OnnxTensor probabilities = outputs.Probabilities;
        OnnxTensor logarithms = graph.Node("Log", [graph.Node("Max", [probabilities, graph.Constant(float.Epsilon)])]);
        OnnxTensor logOdds = outputs.OrNaN((logarithms.At(1, axis: 1) - logarithms.At(0, axis: 1)).Reshape(-1, 1));
        graph.Add(model.Names.PredictedLabel, BooleanDataViewType.Instance, logOdds > 0);
        graph.Add(model.Names.Score, NumberDataViewType.Single, logOdds);
        graph.Add(model.Names.Probability, NumberDataViewType.Single, outputs.OrNaN(probabilities.At(1, axis: 1).Reshape(-1, 1)));
        base.SaveOnnx(graph, outputs, model);
    }
}

using System.Collections.Immutable;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Onnx;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Transforms;

/// <summary>What a network's answers look like in a pipeline: which columns a transformer adds, and how a model.zip says so.</summary>
internal abstract class ClassOutputs
{
    /// <summary>What so many classes are called, in the order of the model's scores.</summary>
    public abstract ImmutableArray<string> ClassNames(int classes);

    /// <summary>The schema with the added columns, which hide namesakes.</summary>
    public abstract DataViewSchema Extend(DataViewSchema input, SpikingModel model);

    /// <summary>Rows and what is added to them.</summary>
    /// <param name="transformer">Who scores.</param>
    /// <param name="reader">Reads the source's row.</param>
    /// <param name="capacity">Rows at most.</param>
    public abstract SpikingNetworkBlock Block(SpikingNetworkTransformer transformer, SampleReader reader, int capacity);

    /// <summary>Writes the model under the signature by which it is read with such outputs.</summary>
    public abstract void Save(ModelSaveContext context, IHostEnvironment env, SpikingModel model);

    /// <summary>Writes the added columns as an ONNX graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="outputs">What the network gives there.</param>
    /// <param name="model">The network.</param>
    public virtual void SaveOnnx(OnnxGraph graph, OnnxOutputs outputs, SpikingModel model)
        => graph.Add(model.Names.SpikeRate, new VectorDataViewType(NumberDataViewType.Single, model.Network.AllColumns), outputs.OrNaN(outputs.GroupRates));
}

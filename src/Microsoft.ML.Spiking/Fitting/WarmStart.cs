using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Samples;
using Microsoft.ML.Spiking.State;
using Microsoft.ML.Spiking.Storage;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>A training that begins with what another one has learnt, wherever that was.</summary>
internal sealed class WarmStart
{
    private readonly SpikingModel _model;

    /// <param name="model">What was learnt.</param>
    /// <param name="network">What the options train.</param>
    /// <param name="columns">What it is to learn from now.</param>
    /// <param name="seed">The new training's.</param>
    /// <exception cref="ArgumentException">The two do not go together.</exception>
    public WarmStart(SpikingModel model, SpikingNetwork network, TrainingColumns columns, int seed)
    {
        _model = model;
        if (!model.Network.Equals(network))
            throw Trouble.Fit.Argument(
                "The model to start from is of another network than Network; set Network to the model's, and vary what shapes training alone.");
        if (network.Layers.Any(layer => layer.HasBiases))
            throw Trouble.Fit.Argument(
                "The model to start from has a layer with Normalisation, which its weights took up when its training ended; start afresh.");
        if (model.Classes != columns.Classes)
            throw Trouble.Fit.Argument(
                $"The model to start from tells {model.Classes} classes apart, but the label knows {columns.Classes}; give it the classes of before.");
        if (!model.Input.Accepts(columns.Features.Type))
            throw Trouble.Fit.Argument(
                $"The model to start from reads {model.Input.ColumnType}, but '{columns.Features.Name}' is {columns.Features.Type}; give it what it reads.");
        if (model.FeatureNames is not [] && columns.FeatureNames is not [] && !model.FeatureNames.SequenceEqual(columns.FeatureNames))
            throw Trouble.Fit.Argument(
                $"The model to start from knows features by other names, or in another order, than those of '{columns.Features.Name}'; give it those.");
        StepWidth.Check(model.BinWidth, columns.Features);
        for (int i = 0; i < model.Layers.Length; i++)
            if (!RecurrentInitialiser.Graph(model.Network.Layers[i], LayerSeed.Of(seed, i)).ToAdjacency().AsSpan()
                .SequenceEqual(model.Layers[i].RecurrentTopology.ToAdjacency()))
                throw Trouble.Fit.Argument(
                    $"The model to start from has neurons that hear each other along a graph that its seed drew, and Seed {seed} draws another; set Seed to "
                    + $"{model.Training.Seed}.");
    }

    /// <summary>How long a time step was; null where nothing said it.</summary>
    public TimeSpan? BinWidth => _model.BinWidth;

    public Standardisation Standardisation => _model.Standardisation;

    public float[] InputScale => [.. _model.InputScale];

    /// <summary>The weights of each layer's inputs, [column, neuron, input].</summary>
    public float[][] InputWeights => [.. _model.Layers.Select(layer => layer.InputWeights.ToArray())];

    /// <summary>What it is told by.</summary>
    public string Digest
    {
        get
        {
            using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var (_, _, values) in SpikingModelArrays.Of(_model)) digest.AppendData(MemoryMarshal.AsBytes(values.Span));
            return Convert.ToHexString(digest.GetHashAndReset());
        }
    }

    /// <summary>Puts everything else that was learnt in the place of what was drawn; the optimiser, potentials and traces begin afresh.</summary>
    public void Put(NetworkTraining training)
    {
        Dictionary<string, float[]> learnt = SpikingModelArrays.Of(_model).ToDictionary(array => array.Name, array => array.Values.ToArray());
        for (int i = 0; i < _model.Layers.Length; i++)
        {
            learnt[SpikingModelArrays.Name(i, "plasticity.usage")] = [.. _model.Layers[i].ConnectionUsage];
            learnt[SpikingModelArrays.Name(i, "plasticity.average_rate")] = [.. _model.Layers[i].AverageRate];
            learnt[SpikingModelArrays.Name(i, "plasticity.target_rate")] = [_model.Layers[i].TargetRate];
        }
        foreach (StateArray array in training.State)
            if (learnt.TryGetValue(array.Name, out float[]? values)) array.Put(values);
    }
}

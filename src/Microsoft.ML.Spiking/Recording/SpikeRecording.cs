using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking;

/// <summary>What a network did with one sample: every spike and every membrane of each layer, what it predicted and what that cost.</summary>
public sealed class SpikeRecording
{
    internal SpikeRecording(SpikingModel model, ScoringWorkspace workspace, float[] scores, float[] rates, PredictionCost cost)
    {
        Steps = workspace.Stimulus.Length;
        Score = ImmutableCollectionsMarshal.AsImmutableArray(scores);
        SpikeRate = ImmutableCollectionsMarshal.AsImmutableArray(rates);
        var layers = ImmutableArray.CreateBuilder<LayerRecording>();
        int[][] inputs = Inputs(workspace.Stimulus);
        LayerInput read = LayerInput.Of(model.Input);
        foreach (LayerRun run in workspace.Layers)
        {
            layers.Add(new LayerRecording(model.Layers[layers.Count], run, read, Steps, inputs));
            (inputs, read) = (Inputs(run.Spikes()), run.Shape.Output);
        }
        Layers = layers.ToImmutable();
        Cost = cost;
    }

    /// <summary>Time steps, T: of a sequence that ends before its column, its own.</summary>
    public int Steps { get; }

    /// <summary>What each layer did, from the input on.</summary>
    public ImmutableArray<LayerRecording> Layers { get; }

    /// <summary>Probability of each class, [K], as in the pipeline's Score.</summary>
    public ImmutableArray<float> Score { get; }

    /// <summary>
    /// Spikes per neuron and step of each column of each layer, as in the pipeline's SpikeRate: of signed spikes, each counted as much as the other columns
    /// make it count.
    /// </summary>
    public ImmutableArray<float> SpikeRate { get; }

    /// <summary>What the prediction cost.</summary>
    public PredictionCost Cost { get; }

    /// <summary>The inputs that are on in each step; once, where they are held.</summary>
    private static int[][] Inputs(Stimulus stimulus)
        => stimulus.IsConstant ? [stimulus.Inputs.ToArray()] : [.. Enumerable.Range(0, stimulus.Length).Select(step => stimulus.Train[step].ToArray())];
}

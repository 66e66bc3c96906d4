using System.Collections.Immutable;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>What goes through a layer's synapses, and through those of the readout behind it.</summary>
internal sealed class LayerCost
{
    private readonly LayerRun _run;
    private readonly int _neurons;
    private readonly ImmutableArray<int> _delays;
    private readonly int[]? _reached;   // neurons that each input reaches; null where the run says, or each reaches all
    private readonly int[] _hearers, _reachedWithin;   // groups that hear each group, and neurons that each of its neurons reaches
    private readonly long _afterNeurons;

    /// <param name="model">The network.</param>
    /// <param name="index">Which layer, from 0.</param>
    /// <param name="run">A run of it.</param>
    /// <param name="afterNeurons">Units of the readout that each of its neurons reaches; 0 where the readout does not read it.</param>
    public LayerCost(SpikingModel model, int index, LayerRun run, long afterNeurons)
    {
        TrainedLayer layer = model.Layers[index];
        _run = run;
        Groups = run.Shape.Groups;
        (_neurons, _delays, _afterNeurons) = (Groups * run.NeuronsPerGroup, layer.Layer.Delays, afterNeurons);
        ReceptiveFields? fields = model.FieldsOf(index);
        int inputs = run.Shape.Synapses / _delays.Length;
        if (fields is not null)
            _reached = [.. Enumerable.Range(0, inputs).Select(input => run.NeuronsPerGroup * Enumerable.Range(0, Groups).Count(i => fields.Sees(i, input)))];
        Graph graph = layer.Topology;
        _hearers = [.. Enumerable.Range(0, Groups).Select(pre => Enumerable.Range(0, graph.Nodes).Count(post => graph[post, pre]))];
        Graph within = layer.RecurrentTopology;
        _reachedWithin = [.. Enumerable.Range(0, within.Nodes)
            .Select(pre => run.NeuronsPerGroup * Enumerable.Range(0, Groups).Count(post => within[post, pre]))];
        Dense = (long)_neurons * (fields?.FanIn ?? layer.Inputs) + (long)run.NeuronsPerGroup * graph.Connections + layer.RecurrentWeights.Length
            + (long)run.Layer.Rates * afterNeurons;
    }

    /// <summary>Groups of neurons, its columns.</summary>
    public int Groups { get; }

    /// <summary>Multiply-adds of an ordinary layer.</summary>
    public long Dense { get; }

    /// <summary>The inputs that were on, and the synapses that they came through.</summary>
    /// <param name="shown">What the layer was shown, before its delays.</param>
    public (long Events, long Operations) OfInputs(Stimulus shown)
    {
        if (shown.IsConstant) return (shown.Inputs.Length, Arrivals(0, shown.Length) * Reached(shown.Inputs));
        long operations = 0;
        for (int step = 0; step < shown.Length; step++) operations += Arrivals(step, shown.Length) * Reached(shown.Train[step]);
        return (shown.Train.Count, operations);
    }

    /// <summary>The synapses that the neurons' spikes came through, to other groups and to the readout.</summary>
    /// <param name="spikes">Spikes of each group.</param>
    /// <param name="active">Neurons of each group that others read and that fired at all in what the readout reads, in each of its windows anew.</param>
    public long OfSpikes(ReadOnlySpan<int> spikes, ReadOnlySpan<int> active)
    {
        long operations = 0;
        for (int group = 0; group < Groups; group++) operations += (long)spikes[group] * _hearers[group] + active[group] * _afterNeurons;
        return operations;
    }

    /// <summary>The synapses between its neurons that their spikes came through.</summary>
    /// <param name="spikes">Spikes of each group.</param>
    /// <param name="last">Those of the last step, which nobody hears any more.</param>
    public long OfRecurrence(ReadOnlySpan<int> spikes, ReadOnlySpan<int> last)
    {
        long operations = 0;
        for (int group = 0; group < _reachedWithin.Length; group++) operations += (long)(spikes[group] - last[group]) * _reachedWithin[group];
        return operations;
    }

    /// <summary>Synapses of a neuron and an input through which what it shows in a step arrives before the last step.</summary>
    private long Arrivals(int step, int steps)
    {
        int arrivals = 0;
        foreach (int delay in _delays)
            if (step + delay < steps) arrivals++;
        return arrivals;
    }

    /// <summary>Neurons that some inputs reach, one input after the other.</summary>
    private long Reached(ReadOnlySpan<int> inputs)
    {
        long neurons = 0;
        if (_reached is null)
        {
            if (inputs.IsEmpty || _run.Reached(inputs[0]) is null) return (long)inputs.Length * _neurons;
            foreach (int input in inputs) neurons += _run.Reached(input)!.Value;
            return neurons;
        }
        foreach (int input in inputs) neurons += _reached[input];
        return neurons;
    }
}

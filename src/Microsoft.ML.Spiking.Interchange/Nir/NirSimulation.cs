using System.Numerics.Tensors;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Nir;

namespace Microsoft.ML.Spiking;

/// <summary>Runs a NIR graph in discrete time, by forward Euler as snnTorch and Norse do: each row from rest, time step after time step.</summary>
/// <remarks>
/// NIR is continuous in time and says no step: dt is the caller's, and must be that of the program that made the graph. (snnTorch has 1e-4 s, Norse 1e-3 s, and
/// <see cref="SpikingModelNir.ToNir"/> what it is given.) Not thread-safe; a row's result depends on that row alone.
/// </remarks>
public sealed class NirSimulation
{
    private readonly NirPlan _plan;
    private readonly Dictionary<NirPlanNode, float[]> _values = [];
    private readonly Dictionary<NirPlanNode, NirCells> _cells = [];
    private readonly Dictionary<NirPlanNode, NirSynapses> _synapses = [];

    /// <summary>Prepares a run.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="timeStep">dt in seconds, no longer than any time constant.</param>
    /// <exception cref="ArgumentException">The graph cannot be computed, or not with that step; the message names the node.</exception>
    public NirSimulation(NirGraph graph, double timeStep)
    {
        ArgumentNullException.ThrowIfNull(graph);
        if (!(timeStep > 0) || !double.IsFinite(timeStep))
            throw Trouble.Options.Argument(FormattableString.Invariant($"The time step is {timeStep} s, but it must be greater than 0."), nameof(timeStep));
        _plan = NirPlan.OfGiven(graph);
        foreach (NirPlanNode node in _plan.Nodes)
        {
            _values.Add(node, new float[node.Width]);
            if (node.Node is NirLinear or NirAffine) _synapses.Add(node, new NirSynapses(node));
            else if (node.Node is not (NirInput or NirOutput)) _cells.Add(node, new NirCells(node, timeStep));
        }
    }

    /// <summary>Numbers that the graph reads in a time step.</summary>
    public int Inputs => _plan.Input.Width;

    /// <summary>Runs a row.</summary>
    /// <param name="input">What comes in, [steps, inputs].</param>
    /// <param name="steps">Time steps, 1 or more.</param>
    /// <exception cref="ArgumentException">The input is of another length.</exception>
    public NirActivity Run(ReadOnlySpan<float> input, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        if (input.Length != (long)steps * Inputs)
            throw Trouble.Row.Argument($"The row has {input.Length} numbers, but {steps} steps of {Inputs} inputs are needed.", nameof(input));
        foreach (NirCells cells in _cells.Values) cells.Rest();
        var activity = new NirActivity(
            steps, _plan.Outputs.ToDictionary(node => node.Name, node => new float[steps * node.Width]),
            _plan.Nodes.Where(node => node.Spikes).ToDictionary(node => node.Name, node => new int[node.Width]));
        for (int step = 0; step < steps; step++) Step(input.Slice(step * Inputs, Inputs), step, activity);
        return activity;
    }

    private void Step(ReadOnlySpan<float> input, int step, NirActivity activity)
    {
        foreach (NirPlanNode node in _plan.Nodes)
        {
            float[] value = _values[node];
            ReadOnlySpan<float> coming = node == _plan.Input ? input : Coming(node);
            if (_synapses.TryGetValue(node, out NirSynapses? synapses)) synapses.Step(coming, value);
            else if (_cells.TryGetValue(node, out NirCells? cells)) cells.Step(coming, value);
            else coming.CopyTo(value);
            if (node.Spikes)
            {
                int[] count = activity.Counts[node.Name];
                for (int neuron = 0; neuron < count.Length; neuron++) count[neuron] += (int)value[neuron];
            }
            if (activity.Given.TryGetValue(node.Name, out float[]? given)) value.CopyTo(given, step * node.Width);
        }
    }

    private ReadOnlySpan<float> Coming(NirPlanNode node)
    {
        if (node.Sources is [var only]) return _values[only];
        float[] sum = [.. _values[node.Sources[0]]];
        foreach (NirPlanNode source in node.Sources.Skip(1)) TensorPrimitives.Add(sum, _values[source], sum);
        return sum;
    }
}

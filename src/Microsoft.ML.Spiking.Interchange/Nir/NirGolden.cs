using System.Collections.Immutable;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Nir;

namespace Microsoft.ML.Spiking;

/// <summary>Golden rows in a NIR graph's metadata: what the network did before it was exported, and what the graph reads of each row.</summary>
public static class NirGolden
{
    private const string Rows = "golden", Input = "golden_input";

    /// <summary>
    /// The graph with golden rows, as metadata "golden" (<see cref="GoldenRows.ToJson"/>) and "golden_input", [rows, steps, inputs], what it reads.
    /// </summary>
    /// <param name="graph">The graph, of <see cref="SpikingModelNir.ToNir"/>.</param>
    /// <param name="model">The network that it was made of, which knows the code.</param>
    /// <param name="golden">The rows, of the same network.</param>
    public static NirGraph WithGolden(this NirGraph graph, SpikingModel model, GoldenRows golden)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(golden);
        int steps = golden.Rows.Max(row => row.Steps), inputs = model.Input.Inputs;
        double[] shown = new double[golden.Rows.Length * steps * inputs];
        for (int row = 0; row < golden.Rows.Length; row++)
        {
            float[] own = Shown(model, golden.Rows[row]);
            for (int i = 0; i < own.Length; i++) shown[row * steps * inputs + i] = own[i];
        }
        var input = new NirTensor([.. shown], [golden.Rows.Length, steps, inputs]);
        return graph with { Metadata = graph.Metadata.SetItem(Rows, golden.ToJson()).SetItem(Input, input) };
    }

    /// <summary>The golden rows that a graph carries; null where it carries none.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public static GoldenRows? Golden(this NirGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.Metadata.GetValueOrDefault(Rows) is string json ? GoldenRows.Parse(json) : null;
    }

    /// <summary>Runs the golden rows that a graph carries in a <see cref="NirSimulation"/>, and counts what has changed; null where it carries none.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="timeStep">dt in seconds.</param>
    /// <exception cref="InvalidDataException">They are damaged, or of another graph.</exception>
    /// <exception cref="ArgumentException">The graph cannot be computed with that step.</exception>
    public static GoldenResult? CheckGolden(this NirGraph graph, double timeStep)
    {
        if (graph.Golden() is not { } golden) return null;
        var simulation = new NirShownNetwork(graph, timeStep, CarriedInput(graph, golden));
        return golden.Check(simulation);
    }

    /// <summary>The same of other rows, with the network that the graph was made of, which knows what it reads of each.</summary>
    /// <inheritdoc cref="CheckGolden(NirGraph, double)"/>
    /// <param name="graph">The graph.</param>
    /// <param name="timeStep">dt in seconds.</param>
    /// <param name="golden">The rows.</param>
    /// <param name="model">The network.</param>
    public static GoldenResult CheckGolden(this NirGraph graph, double timeStep, GoldenRows golden, SpikingModel model)
    {
        ArgumentNullException.ThrowIfNull(golden);
        ArgumentNullException.ThrowIfNull(model);
        return golden.Check(new NirShownNetwork(graph, timeStep, row => Shown(model, row)));
    }

    private static Func<GoldenRow, float[]> CarriedInput(NirGraph graph, GoldenRows golden)
    {
        if (graph.Metadata.GetValueOrDefault(Input) is not NirTensor { Shape: [var rows, var steps, var inputs] } tensor || rows != golden.Rows.Length
            || tensor.Values.Length != (long)rows * steps * inputs || golden.Rows.Any(row => row.Steps < 1 || row.Steps > steps))
            throw Trouble.Foreign.InvalidData($"The graph carries {golden.Rows.Length} golden rows, but no '{Input}' of so many in its metadata.");
        var numbers = new Dictionary<GoldenRow, int>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < rows; i++) numbers.Add(golden.Rows[i], i);
        return row => [.. tensor.Values.AsSpan(numbers[row] * steps * inputs, row.Steps * inputs).ToArray().Select(value => (float)value)];
    }

    /// <summary>What the first layer is shown of a row, [its steps, inputs].</summary>
    private static float[] Shown(SpikingModel model, GoldenRow row)
    {
        if (row.Input.Length != model.Input.Features)
            throw Trouble.Foreign.InvalidData($"A golden row has {row.Input.Length} features, but the network reads {model.Input.Features}.");
        if (model.Input.IsSpikeTrain) return [.. row.Input];
        var stimulus = new Stimulus(model.Steps);
        new SampleEncoder(model.Network, model.Standardisation, model.InputScale.AsMemory()).Evaluate(row.Input.ToArray(), stimulus);
        int inputs = model.Input.Inputs;
        float[] shown = new float[row.Steps * inputs];
        for (int step = 0; step < row.Steps; step++)
        {
            ReadOnlySpan<int> active = stimulus.IsConstant ? stimulus.Inputs : stimulus.Train[step];
            ReadOnlySpan<float> values = stimulus.IsConstant ? stimulus.Values : stimulus.Train.IsGraded ? stimulus.Train.Values(step) : default;
            for (int i = 0; i < active.Length; i++) shown[step * inputs + active[i]] = values.IsEmpty ? 1 : values[i];
        }
        return shown;
    }
}

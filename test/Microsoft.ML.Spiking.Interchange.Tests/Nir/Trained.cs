using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Nir;

/// <summary>Small networks, trained in a moment on rows of two kinds.</summary>
internal static class Trained
{
    public const int Inputs = 12, Steps = 10, Rows = 60;

    /// <summary>A network that NIR says wholly: columns of both kinds of neurons that do not modulate, and a linear readout.</summary>
    public static ColumnLayer Plain { get; } = new()
    {
        Columns = 4,
        NeuronsPerColumn = 10,
        Excitatory = new LifNeuron { MembraneTimeConstant = 5, SynapseTimeConstant = 2, Threshold = 1 },
        Inhibitory = new LifNeuron { MembraneTimeConstant = 4, SynapseTimeConstant = 1.6, Threshold = 0.9f },
        Wiring = new WattsStrogatz { Neighbours = 2 },
        Modulation = 0,
        Homeostasis = null,
        Plasticity = null,
        StructuralPlasticity = null,
    };

    public static Readout Linear { get; } = new() { HiddenUnits = 0, Dropout = 0 };

    public static SpikeCode Code { get; } = new DirectCode { Gain = 1 };

    public static SpikingNetworkTransformer Fit(Readout readout, params Layer[] layers) => Fit(readout, Code, layers);

    public static SpikingNetworkTransformer Fit(Readout readout, SpikeCode code, params Layer[] layers)
    {
        var ml = new MLContext(seed: 1);
        return ml.MulticlassClassification.Trainers.SpikingNetwork(new()
        {
            Network = new SpikingNetwork { TimeSteps = Steps, Code = code, Scaling = FeatureScaling.None, Layers = [.. layers], Readout = readout },
            Batches = 6,
            BatchSize = 20,
            Seed = 3,
            Device = TrainingDevice.Cpu,
        }).Fit(Data(ml));
    }

    public static IDataView Data(MLContext ml)
    {
        IDataView rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(row => new Row { Kind = Kinds[row % 3], Features = Features(row) }));
        return ml.Transforms.Conversion.MapValueToKey("Label", nameof(Row.Kind)).Fit(rows).Transform(rows);
    }

    public static string[] Kinds { get; } = ["left", "right", "über"];

    public static float[] Features(int row)
        => [.. Enumerable.Range(0, Inputs).Select(i => Math.Clamp(0.5f + 0.5f * MathF.Sin(i * (row % 3 + 1) + row * 0.37f), 0, 1))];

    internal sealed class Row
    {
        public string Kind { get; set; } = "";

        [VectorType(Inputs)]
        public float[] Features { get; set; } = [];
    }
}

using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Fuzz.Mutators;

namespace Microsoft.ML.Spiking.Fuzz.Targets;

/// <summary>Sound models of every kind that we store, of a few kilobytes each.</summary>
internal static class SmallModels
{
    private const int Inputs = 3, Height = 3, Width = 4;

    private static readonly Lazy<IReadOnlyList<(string Name, byte[] File)>> s_all = new(() => [.. Make()]);

    /// <summary>What each is called, and its model.zip, the same bytes in every run of a version.</summary>
    public static IReadOnlyList<(string Name, byte[] File)> All => s_all.Value;

    /// <summary>The spiking networks among them, and the transformers of those with a readout.</summary>
    public static IEnumerable<(string Name, SpikingModel Model, SpikingNetworkTransformer? Network)> Networks
    {
        get
        {
            var ml = new MLContext(seed: 1);
            foreach (var (name, file) in All)
                foreach (ITransformer step in SpikingNetworkTransformer.Steps(ml.Model.Load(new MemoryStream(file), out _)))
                    if (step is SpikingNetworkTransformer network) yield return (name, network.Model, network);
                    else if (step is SpikingFeaturesTransformer features) yield return (name, features.Model, null);
        }
    }

    /// <summary>Rows like those that they were trained on.</summary>
    public static IDataView Rows(MLContext ml)
    {
        IDataView rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 8).Select(row => new Row
        {
            Class = row % 2 == 0 ? "even" : "odd",
            Number = row % 2 + 0.5f,
            Answer = row % 2 == 0,
            Features = [row % 2, row / 8f, 1],
            Image = [.. Enumerable.Range(0, Height * Width).Select(i => (i + row) % 5 / 4f)],
            Spikes = [.. Enumerable.Range(0, 4 * Inputs).Select(i => (i + row) % 3 == 0)],
        }));
        return ml.Transforms.Conversion.MapValueToKey("Label", nameof(Row.Class)).Append(ml.Transforms.Conversion.MapValueToKey("NumberKey", nameof(Row.Number)))
            .Fit(rows).Transform(rows);
    }

    /// <summary>A small network of the published kind, as it is drawn.</summary>
    public static SpikingModel Published()
    {
        SpikingNetwork network = SpikingNetworkOptions.Reference.Network.EachLayer(
            layer => layer with { Columns = 3, NeuronsPerColumn = 5, Wiring = new WattsStrogatz { Neighbours = 2 } }) with
        {
            TimeSteps = 4, Readout = new Readout { HiddenUnits = 2, Dropout = 0.2 },
        };
        const int Many = 12;
        SpikingModel drawn = Drawn.Model(network, ColumnNames.Default, seed: 1, InputShape.Intensities(Many), FeatureStatistics.None);
        return drawn with
        {
            Classes = 2,
            HiddenWeights = [.. Enumerable.Range(0, 2 * 15).Select(i => (i % 7 - 3) / 4f)], HiddenBias = [0.5f, 0.25f],
            OutputWeights = [1, -1, -0.5f, 0.5f], OutputBias = [0, 0.125f],
            Layers = [drawn.Layers[0] with { AverageRate = [0.05f, 0.04f, 0.1f], TargetRate = 0.05f }],
            Provenance = TrainingProvenance.None,
        };
    }

    private static SpikingNetworkOptions Options(params Layer[] layers) => new()
    {
        Network = new SpikingNetwork
        {
            TimeSteps = 4,
            Code = new RateCode(),
            Scaling = FeatureScaling.PerInput,
            Layers = [.. layers],
            Readout = new Readout { HiddenUnits = 2 },
        },
        Batches = 2,
        BatchSize = 4,
        Seed = 1,
        Device = TrainingDevice.Cpu,
    };

    private static ColumnLayer Small { get; } = new() { Columns = 3, NeuronsPerColumn = 2, Wiring = new WattsStrogatz { Neighbours = 2 } };

    private static IEnumerable<(string Name, byte[] File)> Make()
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = Rows(ml);
        SpikingNetworkOptions options = Options(Small);
        SpikingNetworkTransformer network = Trained(ml, rows, options);
        yield return ("multiclass", Saved(ml, network, rows));
        yield return ("numbers", Saved(ml, Trained(ml, rows, options with
        {
            LabelColumnName = "NumberKey",
            Network = options.Network with
            {
                Code = new SigmoidCode(),
                Layers =
                [
                    Small with { Excitatory = new AdaptiveLifNeuron(), Inhibitory = new AdaptiveLifNeuron { Adaptation = 0 }, Coupling = 0.5 },
                    Small with { Plasticity = new ProductStdp(), Homeostasis = null, Recurrence = new Recurrence() },
                ],
                Readout = new Readout { HiddenUnits = 0, Dropout = 0, Layers = ReadLayers.All },
            },
        }), rows));
        SpikingNetworkTransformer binary = ml.BinaryClassification.Trainers.SpikingNetwork(options with
        {
            LabelColumnName = nameof(Row.Answer),
            Network = options.Network with { Code = new DirectCode(), Scaling = FeatureScaling.Shared },
        }).Fit(rows);
        yield return ("binary", Saved(ml, Undated(ml, binary), rows));
        yield return ("features", Saved(ml, ml.Transforms.SpikingFeatures("Rates", "Features", network.Model).Fit(rows), rows));
        yield return ("winners", Saved(ml, ml.MulticlassClassification.Trainers.WinnerTakeAll(new WinnerTakeAllOptions
        {
            Network = new() { Neurons = 3, TimeSteps = 8, Scaling = FeatureScaling.PerInput }, Epochs = 1, Seed = 1,
        }).Fit(rows), rows));
        yield return ("winners-features", Saved(ml, ml.Transforms.WinnerTakeAllFeatures("Spikes", "Features", new WinnerTakeAllOptions
        {
            Network = new() { Neurons = 3, TimeSteps = 8 }, Epochs = 1, Seed = 1,
        }).Fit(rows), rows));

        yield return ("convolution", Saved(ml, ml.Transforms.SpikingFeatures("Rates", nameof(Row.Image), Convolution(ml, rows).Model).Fit(rows), rows));

        var encoding = ml.Transforms.PoissonEncoding("Train", "Features", timeSteps: 4).Fit(rows);
        IDataView encoded = encoding.Transform(rows);
        yield return ("chain", Saved(ml, new TransformerChain<ITransformer>(encoding, Trained(ml, encoded, options with { FeatureColumnName = "Train" })), rows));
    }

    private static SpikingNetworkTransformer Convolution(MLContext ml, IDataView rows)
    {
        ConvolutionLayer normalised = new() { Channels = 2, KernelHeight = 3, KernelWidth = 3, Normalisation = new CurrentNormalisation { Scale = 2 } };
        SpikingNetworkOptions options = Options(normalised, new ConvolutionLayer { Channels = 3, KernelHeight = 1, KernelWidth = 3, Gain = 2 });
        return Trained(ml, rows, options with { FeatureColumnName = nameof(Row.Image), Network = options.Network with { Code = new DirectCode { Gain = 1 } } });
    }

    private static SpikingNetworkTransformer Trained(MLContext ml, IDataView rows, SpikingNetworkOptions options)
        => Undated(ml, ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(rows));

    /// <summary>The same without what differs from run to run.</summary>
    private static SpikingNetworkTransformer Undated(MLContext ml, SpikingNetworkTransformer network)
        => new(ml, network.Model with { Provenance = TrainingProvenance.None }, network.Outputs);

    private static byte[] Saved(MLContext ml, ITransformer model, IDataView rows)
    {
        using var file = new MemoryStream();
        ml.Model.Save(model, rows.Schema, file);
        List<ZipPart> parts = ZipMutator.Unpack(file.ToArray());
        return ZipMutator.Pack(parts);   // with times that do not differ
    }

    private sealed class Row
    {
        public string Class { get; set; } = "";

        public float Number { get; set; }

        public bool Answer { get; set; }

        [VectorType(Inputs)]
        public float[] Features { get; set; } = [];

        [VectorType(Height, Width)]
        public float[] Image { get; set; } = [];

        [VectorType(4, Inputs)]
        public bool[] Spikes { get; set; } = [];
    }
}

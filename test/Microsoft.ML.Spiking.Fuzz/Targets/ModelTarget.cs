using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Fuzz.Mutators;

namespace Microsoft.ML.Spiking.Fuzz.Targets;

/// <summary>model.zip: loaded, and one row predicted.</summary>
internal sealed class ModelTarget : IFuzzTarget
{
    private const int Inputs = 3;

    // Whoever predicts brings the row, and so nobody is made to allocate it by a file.
    private const int MostFeatures = 1 << 16;

    private static readonly ZipMutator s_zips = new(Sign);
    private static readonly Lazy<IReadOnlyList<byte[]>> s_seeds = new(Models);

    private static SpikingNetworkOptions Options { get; } = new()
    {
        Network = new SpikingNetwork
        {
            TimeSteps = 4,
            Code = new RateCode(),
            Scaling = FeatureScaling.PerInput,
            Layers = [new ColumnLayer { Columns = 3, NeuronsPerColumn = 2, Wiring = new WattsStrogatz { Neighbours = 2 } }],
            Readout = new Readout { HiddenUnits = 2 },
        },
        Batches = 2,
        BatchSize = 4,
        Seed = 1,
        Device = TrainingDevice.Cpu,
    };

    public string Name => "model";

    public IReadOnlyList<byte[]> Seeds => s_seeds.Value;

    public byte[] Mutate(byte[] file, RandomStream random) => s_zips.Mutate(file, random);

    public void Open(byte[] file)
    {
        var ml = new MLContext(seed: 1);
        ITransformer model = ml.Model.Load(new MemoryStream(file), out _);
        foreach (SpikingNetworkTransformer network in SpikingNetworkTransformer.Steps(model).OfType<SpikingNetworkTransformer>()) Predict(ml, network);
    }

    public bool IsRefusal(Exception error)
    {
        for (Exception? e = error; e is not null; e = e.InnerException)
            if (Trouble.Model.Is(e)) return true;
        return false;
    }

    private static void Predict(MLContext ml, SpikingNetworkTransformer network)
    {
        if (network.Model.Input.Features > MostFeatures) return;
        IDataView scored = network.OfClasses().Transform(network.Model.Input.IsSpikeTrain
            ? Row(ml, network, new bool[network.Model.Input.Features])
            : Row(ml, network, new float[network.Model.Input.Features]));
        using DataViewRowCursor cursor = scored.GetRowCursor(scored.Schema);
        ValueGetter<VBuffer<float>> score = cursor.GetGetter<VBuffer<float>>(scored.Schema[network.Model.Names.Score]);
        VBuffer<float> values = default;
        cursor.MoveNext();
        score(ref values);
        if (values.DenseValues().Any(value => !float.IsFinite(value))) throw new NotFiniteNumberException("A score of a model that loads is not finite.");
    }

    private static IDataView Row<T>(MLContext ml, SpikingNetworkTransformer network, T[] features)
    {
        var schema = SchemaDefinition.Create(typeof(FeatureRow<T>));
        schema[0].ColumnName = network.FeatureColumnName;
        schema[0].ColumnType = network.FeatureColumnType;
        return ml.Data.LoadFromEnumerable([new FeatureRow<T> { Features = features }], schema);
    }

    private static void Sign(List<ZipPart> parts) { }

    private static byte[][] Models()
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 8).Select(row => new TrainingRow
        {
            Class = row % 2 == 0 ? "even" : "odd",
            Answer = row % 2 == 0,
            Features = [row % 2, row / 8f, 1],
        }));
        var keyed = ml.Transforms.Conversion.MapValueToKey("Label", nameof(TrainingRow.Class));
        IDataView labelled = keyed.Fit(rows).Transform(rows);
        SpikingNetworkTransformer network = ml.MulticlassClassification.Trainers.SpikingNetwork(Options).Fit(labelled),
            binary = ml.BinaryClassification.Trainers.SpikingNetwork(Options with { LabelColumnName = nameof(TrainingRow.Answer) }).Fit(rows);
        return
        [
            Saved(ml, Undated(ml, network, network.Outputs), labelled),
            Saved(ml, Undated(ml, binary, binary.Outputs), rows),
            Saved(ml, keyed.Append(ml.Transforms.NormalizeMinMax("Features")).Fit(rows).Append(Undated(ml, network, network.Outputs)), rows),
            Saved(ml, ml.Transforms.PoissonEncoding("Spikes", "Features", timeSteps: 4).Fit(rows), rows),
        ];
    }

    /// <summary>The same without what differs from run to run.</summary>
    private static SpikingNetworkTransformer Undated(MLContext ml, SpikingNetworkTransformer network, ClassOutputs outputs)
        => new(ml, network.Model with { Provenance = TrainingProvenance.None }, outputs);

    private static byte[] Saved(MLContext ml, ITransformer model, IDataView rows)
    {
        using var file = new MemoryStream();
        ml.Model.Save(model, rows.Schema, file);
        return ZipMutator.Pack(ZipMutator.Unpack(file.ToArray()));
    }

    private sealed class FeatureRow<T>
    {
        public T[] Features { get; set; } = [];
    }

    private sealed class TrainingRow
    {
        public string Class { get; set; } = "";

        public bool Answer { get; set; }

        [VectorType(Inputs)]
        public float[] Features { get; set; } = [];
    }
}

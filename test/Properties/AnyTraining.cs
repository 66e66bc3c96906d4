using CsCheck;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>Any valid options, and some rows that they fit.</summary>
/// <param name="Options">They train for a batch or a few.</param>
/// <param name="Dimensions">Of the feature column.</param>
/// <param name="IsSpikeTrain">Whether it holds spikes, and not intensities.</param>
/// <param name="Classes">What the classes are called.</param>
/// <param name="Seed">Of the rows.</param>
internal sealed record AnyTraining(SpikingNetworkOptions Options, int[] Dimensions, bool IsSpikeTrain, string[] Classes, int Seed)
{
    private const int Rows = 14;

    // What a model's file must keep apart and whole: other scripts, signs of JSON and of paths, spaces at the ends.
    private static readonly string[] s_words = ["a", "b", "ß", "答え", "é", "\"", "\\", "/", "{}", " x", "x ", "0", "1e3", "true", "NULL", "🙂", "a\tb", "'", "Å"];

    private static readonly Gen<AdamW> s_optimisers =
        Gen.Select(Gen.Double[1e-5, 0.02], Gen.Double[0, 2], Gen.Double[0, 1], Gen.Double[0, 1e-3], Gen.Double[0, 0.1], Gen.Double[0, 0.95], Gen.Double[0, 0.999], Gen.Double[0.1, 10])
            .Select((rate, column, inter, final, decay, beta1, beta2, norm) => new AdamW
            {
                LearningRate = rate, ColumnWeightFactor = column, RecurrentWeightFactor = column, InterWeightFactor = inter, InputScaleFactor = inter, FinalLearningRate = final, WeightDecay = decay, Beta1 = beta1,
                Beta2 = beta2, GradientNormLimit = norm, AverageMemory = norm < 5 ? 0 : beta1,
            });

    private static readonly ImageAugmentation[] s_augmentations =
    [
        new() { MaximumShift = 1 }, new() { MaximumShift = 0, HorizontalFlip = true }, new() { MaximumShift = 1, MaximumRotation = 90, MaximumScaling = 1, MaximumShear = 1, HorizontalFlip = true },
        new() { MaximumShift = 0, Elastic = new() { Sigma = 1 } },
    ];

    /// <summary>All of it.</summary>
    public static Gen<AnyTraining> Drawn { get; } =
        from kind in Gen.Int[0, 3]   // a table, an image, a sequence, spike trains
        from first in Gen.Int[2, 5]
        from second in Gen.Int[Networks.FewestInputs, 6]
        from network in Networks.Of(Codes(kind))
        from field in Gen.Select(Gen.Int[1, first], Gen.Int[1, second]).Select((height, width) => new ReceptiveField { Height = height, Width = width }).Null()
        from names in Gen.Shuffle(s_words, 9)
        from classes in Gen.Int[2, 4]
        from weights in Gen.OneOf<ClassWeights?>(Gen.Const((ClassWeights?)null), Gen.Const((ClassWeights?)ClassWeights.Balanced), Gen.Double[0.1, 5].Select(weight => (ClassWeights?)ClassWeights.Of((names[0], weight))))
        from recipe in Gen.Select(s_optimisers, Gen.Double[0, 0.5], Gen.Int[1, 2], Gen.Bool, Gen.Int[1, Rows].Nullable(), Gen.Frequency((2, Gen.Const(0.0)), (1, Gen.Double[0, 0.5])), Gen.Bool, Gen.Int)
        select new AnyTraining(new SpikingNetworkOptions
        {
            Network = kind == 1 && Covers(field, network, first, second) ? network with { Layers = [network.ColumnLayers[0] with { ReceptiveField = field, Delays = [0] }, .. network.Layers.Skip(1)] } : network,
            LabelColumnName = $"Label {names[4]}", FeatureColumnName = $"Features {names[5]}", PredictedLabelColumnName = $"Predicted {names[6]}", ScoreColumnName = $"Score {names[7]}",
            SpikeRateColumnName = $"Rate {names[8]}",
            Augmentation = kind == 1 && recipe.Item7 && network.Code is not (DeltaCode or SequenceCode) ? s_augmentations[(uint)recipe.Item8 % s_augmentations.Length] : null,
            ClassWeights = weights, Optimiser = recipe.Item1, LabelSmoothing = recipe.Item2,
            Epochs = recipe.Item4 ? recipe.Item3 : null, Batches = recipe.Item4 ? null : recipe.Item3, BatchSize = recipe.Item5 ?? Rows, ValidationFraction = recipe.Item6,
            Calibration = recipe.Item7 ? new TemperatureScaling() : null,
            Seed = recipe.Item8, Device = TrainingDevice.Cpu, Engine = TrainingEngine.Managed,
        }, kind == 0 ? [second] : [first, second], kind == 3, names[..classes], recipe.Item8);

    /// <summary>The rows, each class among them, and their key.</summary>
    public IDataView Data(MLContext ml)
    {
        IDataView rows = Of(ml, SchemaDefinition.Create(typeof(Row)));
        return ml.Transforms.Conversion.MapValueToKey(Options.LabelColumnName, nameof(Row.Class)).Fit(rows).Transform(rows);
    }

    /// <summary>The same rows, of which nothing is known but the features.</summary>
    public IDataView Unlabelled(MLContext ml)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema.Remove(schema[nameof(Row.Class)]);
        return Of(ml, schema);
    }

    private IDataView Of(MLContext ml, SchemaDefinition schema)
    {
        schema.Remove(schema[IsSpikeTrain ? nameof(Row.Intensities) : nameof(Row.Spikes)]);
        SchemaDefinition.Column features = schema[IsSpikeTrain ? nameof(Row.Spikes) : nameof(Row.Intensities)];
        features.ColumnType = new VectorDataViewType(IsSpikeTrain ? BooleanDataViewType.Instance : NumberDataViewType.Single, Dimensions);
        features.ColumnName = Options.FeatureColumnName;
        CounterRandom random = CounterRandom.FromSeed(Seed);
        int width = Dimensions.Aggregate((a, b) => a * b);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(row => new Row
        {
            Class = Classes[row % Classes.Length],
            Intensities = [.. Enumerable.Range(0, width).Select(i => (float)(row % Classes.Length == i % Classes.Length ? 1 : random.Uniform((ulong)(row * width + i))))],
            Spikes = [.. Enumerable.Range(0, width).Select(i => random.Uniform((ulong)(row * width + i)) < 0.4)],
        }), schema);
    }

    public override string ToString() => $"{Networks.Text(Options.Network)}, {Options.Recipe}, [{string.Join(", ", Dimensions)}], {Seed}";

    /// <summary>Of a table no sequence can be made; other columns may be coded in any way, or as the data ask for.</summary>
    private static Gen<SpikeCode?> Codes(int kind) => kind == 0
        ? Networks.Codes.Where(code => code is not (DeltaCode or SequenceCode)).Null()
        : Networks.Codes.Null();

    private static bool Covers(ReceptiveField? field, SpikingNetwork network, int height, int width)
        => field is not null && network.Code is not (DeltaCode or SequenceCode) && field.Fault(network.ColumnLayers[0].Columns, new ImageShape(Planes: 1, height, width, Unit: 1)) is null;

    private sealed class Row
    {
        public string Class { get; set; } = "";

        public float[] Intensities { get; set; } = [];

        public bool[] Spikes { get; set; } = [];
    }
}

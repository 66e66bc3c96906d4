using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Transforms;

/// <summary>Every estimator that the library exposes, by every way to it, passes what ML.NET asks of its own.</summary>
[TestClass]
public class EveryEstimatorTests
{
    private static readonly Assembly s_library = typeof(SpikingNetworkTrainer).Assembly;

    private static readonly MLContext s_ml = new(seed: 1);

    private static readonly SpikingNetwork s_network = Toy.Options.Network;

    private static readonly Dictionary<string, Case> s_cases = new()
    {
        ["SpikingNetwork(MulticlassClassificationTrainers, SpikingNetworkOptions)"] = Multiclass(trainers => trainers.SpikingNetwork(Toy.Options)),
        ["SpikingNetwork(MulticlassClassificationTrainers, String, String, String, Int32, Int32, Int32, Nullable`1)"]
            = Multiclass(trainers => trainers.SpikingNetwork(columns: 4, neuronsPerColumn: 16, timeSteps: 5, epochs: 1)),
        ["WinnerTakeAll(MulticlassClassificationTrainers, WinnerTakeAllOptions)"]
            = Multiclass(trainers => trainers.WinnerTakeAll(new WinnerTakeAllOptions { Network = new() { Neurons = 6, TimeSteps = 20, Vote = ClassVote.Shares }, Seed = 1 })),
        ["WinnerTakeAll(MulticlassClassificationTrainers, String, String, Int32, Int32)"] = Multiclass(trainers => trainers.WinnerTakeAll(neurons: 6, epochs: 1)),
        ["SpikingNetwork(BinaryClassificationTrainers, SpikingNetworkOptions)"] = Binary(trainers => trainers.SpikingNetwork(Toy.Options)),
        ["SpikingNetwork(BinaryClassificationTrainers, String, String, String, Int32, Int32, Int32, Nullable`1)"]
            = Binary(trainers => trainers.SpikingNetwork(columns: 4, neuronsPerColumn: 16, timeSteps: 5, epochs: 1)),
        ["SpikingFeatures(TransformsCatalog, String, String)"] = Features(transforms => transforms.SpikingFeatures("Rates", "Features")),
        ["SpikingFeatures(TransformsCatalog, String, String, SpikingNetwork, Nullable`1)"] = Features(transforms => transforms.SpikingFeatures("Rates", "Features", s_network, seed: 3)),
        ["SpikingFeatures(TransformsCatalog, String, String, SpikingModel)"] = Features(transforms => transforms.SpikingFeatures("Rates", "Features", Toy.Trained.Model)),
        ["WinnerTakeAllFeatures(TransformsCatalog, String, String, Int32, Int32)"] = Features(transforms => transforms.WinnerTakeAllFeatures("Spikes", "Features", neurons: 6, epochs: 1)),
        ["WinnerTakeAllFeatures(TransformsCatalog, String, String, WinnerTakeAllOptions)"] = Features(transforms => transforms.WinnerTakeAllFeatures("Spikes", "Features",
            new WinnerTakeAllOptions { Network = new() { Neurons = 6, TimeSteps = 20, ScoringInhibition = 2 }, Seed = 1 })),
        ["PoissonEncoding(TransformsCatalog, String, String, Int32, Double, Nullable`1, FeatureScaling)"] = Features(transforms => transforms.PoissonEncoding("Spikes", "Features", timeSteps: 20)),
    };

    public static IEnumerable<object[]> Ways => Exposed.Ways(s_library).Select(way => new object[] { Exposed.Name(way) });

    [TestMethod]
    [DynamicData(nameof(Ways))]
    public void It_passes_what_ML_NET_asks_of_an_estimator(string way)
    {
        Assert.IsTrue(s_cases.TryGetValue(way, out Case? its), $"The library exposes {way}; add it and the rows that it is to be checked on to s_cases.");
        EstimatorChecks.Run(s_ml, its.Estimator(), its.Valid, its.Invalid, its.InvalidForFit);
    }

    [TestMethod]
    public void A_network_of_spike_trains_passes_it_too()
    {
        IDataView toy = Toy.Data(s_ml), trains = s_ml.Transforms.PoissonEncoding("Features", seed: 1, timeSteps: 12).Fit(toy).Transform(toy);
        EstimatorChecks.Run(s_ml, s_ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options), trains, invalid: [], invalidForFit: []);
    }

    [TestMethod]
    public void There_is_no_other_way_to_an_estimator_and_none_makes_a_transformer_that_is_not_checked()
    {
        Type[] estimators = [.. Exposed.Ways(s_library).Select(way => way.ReturnType).Distinct()];
        CollectionAssert.AreEquivalent(estimators, Exposed.Estimators(s_library));
        CollectionAssert.AreEquivalent(estimators.Select(Exposed.MadeBy).Distinct().ToArray(), Exposed.Transformers(s_library));
        foreach (Type type in (Type[])[.. Exposed.Estimators(s_library), .. Exposed.Transformers(s_library)])
            Assert.IsEmpty(type.GetConstructors(), $"{type.Name} is made by a catalog, and not by a constructor");
    }

    private static Case Multiclass(Func<MulticlassClassificationCatalog.MulticlassClassificationTrainers, IEstimator<ITransformer>> make)
    {
        IDataView valid = Toy.Data(s_ml);
        IDataView textLabel = s_ml.Transforms.CopyColumns("Label", "Class").Fit(valid).Transform(valid);
        return new Case(() => make(s_ml.MulticlassClassification.Trainers), valid, WithoutFeatures(valid), [textLabel, Without("Label", valid)]);
    }

    private static Case Binary(Func<BinaryClassificationCatalog.BinaryClassificationTrainers, IEstimator<ITransformer>> make)
    {
        IDataView valid = YesNo.Data(s_ml);
        IDataView key = s_ml.Transforms.Conversion.MapValueToKey("Label").Fit(valid).Transform(valid);
        return new Case(() => make(s_ml.BinaryClassification.Trainers), valid, WithoutFeatures(valid), [key, Without("Label", valid)]);
    }

    private static Case Features(Func<TransformsCatalog, IEstimator<ITransformer>> make)
    {
        IDataView valid = Toy.Data(s_ml);
        return new Case(() => make(s_ml.Transforms), valid, WithoutFeatures(valid), []);
    }

    /// <summary>Absent, of another type, a single number, and of a size that nobody knows.</summary>
    private static IDataView[] WithoutFeatures(IDataView valid) =>
    [
        Without("Features", valid),
        s_ml.Transforms.Conversion.ConvertType("Features", outputKind: DataKind.Double).Fit(valid).Transform(valid),
        s_ml.Transforms.Conversion.ConvertType("Features", "Id", DataKind.Single).Fit(valid).Transform(valid),
        s_ml.Data.LoadFromEnumerable([new WithoutSize { Label = 1, Features = [1] }]),
    ];

    private static IDataView Without(string column, IDataView valid) => s_ml.Transforms.DropColumns(column).Fit(valid).Transform(valid);

    private sealed record Case(Func<IEstimator<ITransformer>> Estimator, IDataView Valid, IDataView[] Invalid, IDataView[] InvalidForFit);

    private sealed class WithoutSize
    {
        [KeyType(3)]
        public uint Label { get; set; }

        public float[] Features { get; set; } = [];
    }
}

using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking;

/// <summary>A network as it is drawn, before anything is learnt: a reservoir of random columns without a readout.</summary>
internal static class Drawn
{
    /// <summary>The options without what learns, adapts or reads out.</summary>
    public static SpikingNetworkOptions Of(SpikingNetworkOptions options) => options with
    {
        Learning = new Reservoir(),
        Readout = new Readout { HiddenUnits = 0, Dropout = 0 },
        Stdp = null,
        StructuralPlasticity = null,
        Homeostasis = null,
        Progress = null,
        ValidationSet = null,
        CancellationToken = default,
    };

    /// <param name="options">The network, with its seed.</param>
    /// <param name="input">What the input column holds.</param>
    /// <param name="statistics">Of the features.</param>
    public static SpikingModel Model(SpikingNetworkOptions options, InputShape input, FeatureStatistics statistics)
    {
        int columns = options.Columns, seed = options.Seed!.Value;
        return new SpikingModel
        {
            Options = options,
            Input = input,
            Classes = 0,
            Standardisation = input.IsSpikeTrain ? Standardisation.None : options.ChosenCode.Standardise(statistics, options.Scaling),
            InputScale = ImmutableCollectionsMarshal.AsImmutableArray(options.ChosenCode.InitialInputScales(input.Inputs)),
            ColumnWeights = ImmutableCollectionsMarshal.AsImmutableArray(ColumnInitialiser.Draw(options, input.Inputs, seed, ReceptiveFields.Of(options, input))),
            InterWeights = ImmutableCollectionsMarshal.AsImmutableArray(InterColumnInitialiser.Draw(options, seed)),
            Topology = options.Wiring.Generate(columns, seed),
            ConnectionUsage = [.. new float[columns * columns]],
            AverageRate = [.. new float[columns]],
            SilentShare = [.. new float[columns]],
            SaturatedShare = [.. new float[columns]],
            TargetRate = 0,
            HiddenWeights = [],
            HiddenBias = [],
            OutputWeights = [],
            OutputBias = [],
            Training = new TrainingRecord { History = [], Seed = seed, Rows = 0, Updates = 0, TestAccuracy = null, SpikeRate = 0 },
            Provenance = TrainingProvenance.Of(TimeSpan.Zero, "none", "none"),
        };
    }
}

namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>Networks of convolutions that are trained for a moment, by either engine, on rows that are images of one row of pixels.</summary>
internal static class InterruptedConvolutions
{
    /// <summary>Of many kinds, for <see cref="InterruptedTraining"/>.</summary>
    public static IEnumerable<object[]> Trainings
    {
        get
        {
            // Connections change where columns follow.
            SpikingNetworkOptions options = InterruptedTraining.Options with { Network = InterruptedTraining.Options.Network with { Code = new DirectCode { Gain = 1 } } };
            ColumnLayer columns = options.Network.ColumnLayers[0] with { ExcitatoryGain = 3, InhibitoryGain = 3, StructuralPlasticity = new StructuralPlasticity { Interval = 2, GracePeriod = 0, FormationThreshold = -1, PruningThreshold = 1 } };
            ConvolutionLayer maps = new() { Channels = 3, KernelHeight = 1, KernelWidth = 3, PoolingHeight = 1 };
            yield return [options with { Network = options.Network with { Layers = [maps with { Gain = 3 }, columns] } }];
            yield return [options with { Network = options.Network with { Code = new RateCode(), Layers = [maps with { Gain = 3, Delays = [0, 2] }, columns] } }];
            Layer[] learning = [maps with { Gain = 3, Delays = [0, 2], Neuron = new AdaptiveLifNeuron { Threshold = 1 } }, maps with { Channels = 5, Gain = 4, Learning = new Surrogate { Neurons = NeuronLearning.Both } }];
            yield return [options with { Network = options.Network with { Code = new RateCode(), Layers = [.. learning] } }];
            maps = maps with { Normalisation = new CurrentNormalisation { Momentum = 0.3 } };
            yield return [options with { Network = options.Network with { Layers = [maps, maps with { Channels = 4, Delays = [0, 1] }] } }];
        }
    }

    /// <summary>Trains long enough to tell the classes apart.</summary>
    public static SpikingNetworkOptions Able { get; } = Toy.Able with
    {
        Batches = 60,
        Network = Toy.Able.Network with { Code = new DirectCode { Gain = 1 }, Layers = [new ConvolutionLayer { Channels = 6, KernelHeight = 1, KernelWidth = 3, PoolingWidth = 1 }, new ConvolutionLayer { Channels = 8, KernelHeight = 1, KernelWidth = 3 }] },
    };

    /// <summary>What they are trained on.</summary>
    public static IDataView Data(MLContext ml) => Toy.Keyed(ml, Toy.Samples(24), 1, Toy.Inputs);
}

using System.Reflection;
using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking.Tests.Scoring;

/// <summary>What is run for the sake of being compiled must run: on its own thread nobody would hear of it.</summary>
[TestClass]
public class RehearsalTests
{
    private static readonly SpikingNetwork s_network = SpikingNetworkOptions.Reference.Network;

    public static IEnumerable<object[]> Networks =>
    [
        [new SpikingNetwork { Code = new RateCode() }],
        [s_network],
        [s_network with { Readout = new Readout { HiddenUnits = 0 } }],
        [s_network with { Layers = [new ColumnLayer { ReceptiveField = new ReceptiveField(), Wiring = new WattsStrogatz { Neighbours = 4 } }, new ColumnLayer { Coupling = 0.5 }, new ColumnLayer { Recurrence = new Recurrence { OwnColumn = false } }], Readout = new Readout { Layers = ReadLayers.All } }],
        [s_network with { Code = new DirectCode(), EvaluationCode = new ExpectedCode(), Layers = [new ConvolutionLayer { Delays = [0, 2] }, new ConvolutionLayer { PoolingWidth = 1 }, new ColumnLayer()], Readout = new Readout { Layers = ReadLayers.All } }],
        .. Members<SpikeCode>().Select(code => new object[] { s_network with { Code = code, EvaluationCode = new ExpectedCode() } }),
        .. Members<EvaluationCode>().Select(code => new object[] { s_network with { EvaluationCode = code } }),
        .. Members<Neuron>().Select(neuron => new object[] { s_network.EachLayer(layer => layer with { Excitatory = neuron, Inhibitory = neuron }) }),
    ];

    [TestMethod]
    [DynamicData(nameof(Networks))]
    public void Every_kind_of_network_is_rehearsed(SpikingNetwork network)
    {
        network.Check();
        Rehearsal.Run(network);
    }

    private static IEnumerable<T> Members<T>()
        => typeof(T).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(member => (T)Activator.CreateInstance(member.DerivedType)!);
}

namespace Microsoft.ML.Spiking.Tests.Kernels;

/// <summary>Weights between single neurons, as they are stored and as the kernels read them.</summary>
[TestClass]
public class RecurrentSynapsesTests
{
    public static IEnumerable<object[]> Sizes =>
    [
        [1, 3, 0, true], [3, 1, 2, false], [5, 20, 4, true], [4, 64, 2, false], [7, 16, 2, true], [3, 70, 2, true], [6, 33, 4, false], [9, 5, 4, true],
    ];

    [TestMethod]
    [DynamicData(nameof(Sizes))]
    public void Stored_weights_come_back_and_the_others_stay_nothing(int columns, int neurons, int neighbours, bool own)
    {
        ColumnLayer layer = Layer(columns, neurons, neighbours, own);
        float[] pairs = Numbered(layer);
        RecurrentSynapses synapses = Of(layer);

        float[] panels = synapses.ToPanels(pairs);

        Assert.HasCount(columns * (neighbours + (own ? 1 : 0)) * neurons * neurons, pairs);
        Assert.HasCount(pairs.Length, panels.Where(weight => weight != 0));
        CollectionAssert.AreEqual(pairs, synapses.ToPairs(panels));
    }

    [TestMethod]
    [DynamicData(nameof(Sizes))]
    public void The_other_way_round_each_weight_stands_once_and_twice_round_is_as_before(int columns, int neurons, int neighbours, bool own)
    {
        ColumnLayer layer = Layer(columns, neurons, neighbours, own);
        float[] pairs = Numbered(layer);
        RecurrentSynapses synapses = Of(layer), reversed = synapses.Reversed();
        RecurrentWeights weights = new(synapses, pairs), round = new(reversed), back = new(synapses);

        synapses.Reverse(weights.Values, reversed, round.Values);
        reversed.Reverse(round.Values, synapses, back.Values);

        CollectionAssert.AreEqual(weights.Values.Span.ToArray(), back.Values.Span.ToArray());
        // Of post and pre, what one hears of the other is what the other is heard with: the graph is symmetric as it is drawn.
        float[] turned = reversed.ToPairs(round.Values.Span);
        Graph graph = RecurrentInitialiser.Graph(layer, seed: 3);
        (int, int)[] places = [.. Enumerable.Range(0, columns * columns).Select(i => (i / columns, i % columns)).Where(pair => graph[pair.Item1, pair.Item2])];
        for (int pair = 0; pair < places.Length; pair++)
        {
            int other = Array.IndexOf(places, (places[pair].Item2, places[pair].Item1));
            for (int i = 0; i < neurons * neurons; i++)
                Assert.AreEqual(pairs[(pair * neurons + i / neurons) * neurons + i % neurons], turned[(other * neurons + i % neurons) * neurons + i / neurons]);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Sizes))]
    public void Only_what_belongs_to_no_pair_is_cleared(int columns, int neurons, int neighbours, bool own)
    {
        ColumnLayer layer = Layer(columns, neurons, neighbours, own);
        RecurrentSynapses synapses = Of(layer);
        var lanes = new Lanes(layer);
        var all = new AlignedFloats(synapses.Length);
        all.Span.Fill(1);

        for (int panel = 0; panel < lanes.Panels; panel++) synapses.Clear(panel, synapses.Of(all, panel));

        int padded = lanes.WordsPerColumn * Lanes.Word;
        Assert.AreEqual((float)layer.RecurrentPairs * neurons * padded, all.Span.ToArray().Sum(), "a column's padding is as good as its own");
        CollectionAssert.AreEqual(Enumerable.Repeat(1f, layer.RecurrentPairs * neurons * neurons).ToArray(), synapses.ToPairs(all.Span));
    }

    [TestMethod]
    public void Initial_weights_have_the_sign_of_their_neuron_and_cancel_on_the_whole()
    {
        ColumnLayer layer = Layer(columns: 8, neurons: 40, neighbours: 4, own: true) with { ExcitatoryFraction = 0.75, Recurrence = new Recurrence { Gain = 2 } };

        float[] weights = RecurrentInitialiser.Draw(layer, seed: 1);

        for (int i = 0; i < weights.Length; i++) Assert.AreEqual(i % 40 < 30 ? 1 : -1, MathF.Sign(weights[i]), $"weight {i}");
        Assert.AreEqual(0, weights.Average(), 3e-3);
        // On the whole as many neurons are heard by each as by another; the graph is rewired.
        double square = weights.Where(weight => weight > 0).Average(weight => weight * (double)weight);
        Assert.AreEqual(2 / Math.Sqrt(5 * 40), Math.Sqrt(square), 0.02);
        CollectionAssert.AreEqual(weights, RecurrentInitialiser.Draw(layer, seed: 1));
        CollectionAssert.AreNotEqual(weights, RecurrentInitialiser.Draw(layer, seed: 2));
    }

    private static ColumnLayer Layer(int columns, int neurons, int neighbours, bool own) => new()
    {
        Columns = columns, NeuronsPerColumn = neurons, Wiring = new WattsStrogatz { Neighbours = neighbours, RewiringProbability = 0.3 },
        Recurrence = new Recurrence { OwnColumn = own },
    };

    private static RecurrentSynapses Of(ColumnLayer layer) => new(new Lanes(layer), RecurrentInitialiser.Graph(layer, seed: 3));

    private static float[] Numbered(ColumnLayer layer)
        => [.. Enumerable.Range(1, layer.RecurrentPairs * layer.NeuronsPerColumn * layer.NeuronsPerColumn).Select(i => (float)i)];
}

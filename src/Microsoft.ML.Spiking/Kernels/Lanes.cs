using System.Collections.Immutable;
using Microsoft.ML.Spiking.Neurons;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Where the neurons of a layer's columns lie in SIMD lanes, and their constants there.</summary>
/// <remarks>
/// All columns are one matrix. A column takes whole <em>words</em> of 16 lanes; the lanes are cut into <em>panels</em> of 64, whose spikes
/// of one step are one ulong. Lanes that pad a column or the last panel have zero weights and never fire.
/// </remarks>
internal sealed class Lanes
{
    public const int Word = 16, Panel = 64;

    public Lanes(ColumnLayer layer)
    {
        Columns = layer.Columns;
        Neurons = layer.NeuronsPerColumn;
        WordsPerColumn = (Neurons + Word - 1) / Word;
        Panels = (Columns * WordsPerColumn * Word + Panel - 1) / Panel;
        int count = Panels * Panel;
        ImmutableArray<NeuronConstant> ofExcitatory = layer.Excitatory.Constants, ofInhibitory = layer.Inhibitory.Constants;
        Constants = [.. ofExcitatory.Select(constant => Enumerable.Repeat(constant.Padding, count).ToArray())];
        Sign = new float[count];
        var shares = new List<PanelShare>();
        for (int neuron = 0; neuron < Columns * Neurons; neuron++)
        {
            bool excitatory = neuron % Neurons < layer.ExcitatoryNeurons;
            int lane = Of(neuron);
            for (int k = 0; k < Constants.Length; k++) Constants[k][lane] = (excitatory ? ofExcitatory : ofInhibitory)[k].Value;
            Sign[lane] = excitatory ? 1 : -1;

            (int panel, int column, ulong bit) = (lane / Panel, neuron / Neurons, 1ul << lane % Panel);
            if (shares.Count == 0 || shares[^1].Panel != panel || shares[^1].Column != column) shares.Add(new PanelShare(panel, column, 0, 0));
            shares[^1] = excitatory
                ? shares[^1] with { Excitatory = shares[^1].Excitatory | bit }
                : shares[^1] with { Inhibitory = shares[^1].Inhibitory | bit };
        }
        Shares = [.. shares];
    }

    public int Columns { get; }

    /// <summary>Neurons a column.</summary>
    public int Neurons { get; }

    public int WordsPerColumn { get; }

    /// <summary>Words that hold neurons; those beyond pad the last panel.</summary>
    public int Words => Columns * WordsPerColumn;

    public int Panels { get; }

    /// <summary>[constant, lane]; which constants there are is the neuron type's own: <see cref="Neuron.Constants"/>.</summary>
    public float[][] Constants { get; }

    /// <summary>+1 for excitatory neurons, -1 for inhibitory ones, 0 for padding.</summary>
    public float[] Sign { get; }

    /// <summary>Which columns share which panels.</summary>
    public PanelShare[] Shares { get; }

    /// <summary>The lane of a neuron, counted over all columns.</summary>
    public int Of(int neuron) => neuron / Neurons * WordsPerColumn * Word + neuron % Neurons;

    /// <summary>The neuron of a lane, counted over all columns.</summary>
    public int NeuronOf(int lane)
    {
        int perColumn = WordsPerColumn * Word;
        return lane / perColumn * Neurons + lane % perColumn;
    }

    /// <summary>The column that a word belongs to.</summary>
    public int ColumnOf(int word) => word / WordsPerColumn;

    /// <summary>The first neuron of a word, counted over all columns, and how many neurons the word holds.</summary>
    public (int First, int Count) NeuronsOf(int word)
    {
        int within = word % WordsPerColumn * Word;
        return (ColumnOf(word) * Neurons + within, Math.Min(Word, Neurons - within));
    }
}

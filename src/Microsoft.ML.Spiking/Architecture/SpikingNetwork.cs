using System.Collections.Immutable;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>
/// What a spiking network is: how its input is encoded, its layers, and its readout. What a model stores; how it is trained is in
/// <see cref="SpikingNetworkOptions"/>.
/// </summary>
/// <remarks>An immutable record: vary it by <c>with { ... }</c>, and its layers by <see cref="EachLayer"/>.</remarks>
public sealed record SpikingNetwork
{
    private const int MostTimeSteps = 10_000;

    private readonly Items<Layer> _layers = new([new ColumnLayer()]);

    /// <summary>
    /// How intensities are shown to the first layer in training. Default null: as the data ask for, <see cref="RateCode"/> of a spike in every step at full
    /// intensity for 64 or more inputs of one kind, as images have, and <see cref="DirectCode"/> of gain 1 for others. A model's network says which it became.
    /// </summary>
    public SpikeCode? Code { get; init; }

    /// <summary>
    /// Which features share a scale before they are encoded. Default <see cref="FeatureScaling.Auto"/>: as the data ask for; a model's network says which it
    /// became.
    /// </summary>
    public FeatureScaling Scaling { get; init; }

    /// <summary>What the first layer is shown when a trained network predicts from intensities. Default: <see cref="ExpectedCode"/>.</summary>
    public EvaluationCode EvaluationCode { get; init; } = new ExpectedCode();

    /// <summary>
    /// Time steps that a sample is shown for. A spike train brings its own, and so does a sequence (<see cref="SequenceCode"/>, <see cref="DeltaCode"/>).
    /// At most 10,000. Default 8.
    /// </summary>
    public int TimeSteps { get; init; } = 8;

    /// <summary>
    /// The layers, from the input on: the first reads the coded input, each other one the spikes of all neurons of the one before it. Default
    /// <see cref="ColumnLayer"/>, one of them.
    /// </summary>
    public ImmutableArray<Layer> Layers { get => _layers.All; init => _layers = new(value); }

    /// <summary>The trained readout of the neurons' spike rates. Default: 256 hidden units, no dropout, since the spikes are noise enough.</summary>
    public Readout Readout { get; init; } = new() { HiddenUnits = 256, Dropout = 0 };

    /// <summary>The code, once the data have been seen.</summary>
    internal SpikeCode ChosenCode
        => Code ?? throw Trouble.Options.InvalidOperation(
            "Code is null, which leaves it to the data, but nobody has measured them yet; name a code.");

    /// <summary>The layers of a network of columns alone.</summary>
    internal ImmutableArray<ColumnLayer> ColumnLayers => [.. Layers.Cast<ColumnLayer>()];

    /// <summary>Whether neurons' own constants are learnt.</summary>
    internal bool LearnsNeurons => Layers.Any(layer => layer.LearnsNeurons);

    /// <summary>The layers that the readout reads.</summary>
    internal Range Read => Readout.Layers == ReadLayers.All ? .. : ^1..;

    /// <summary>Columns of all layers.</summary>
    internal int AllColumns => Layers.Sum(layer => layer.Groups);

    /// <summary>The same network with each of its column layers changed, as in <c>network.EachLayer(layer => layer with { Columns = 32 })</c>.</summary>
    public SpikingNetwork EachLayer(Func<ColumnLayer, ColumnLayer> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return this with { Layers = [.. Layers.Select(layer => layer is ColumnLayer columns ? change(columns) : layer)] };
    }

    /// <summary>What the layers are where the input is known, from the input on.</summary>
    internal LayerShape[] ShapesOf(LayerInput input)
    {
        var shapes = new LayerShape[Layers.Length];
        for (int i = 0; i < shapes.Length; i++)
        {
            shapes[i] = Layers[i].Shape(input);
            input = shapes[i].Output;
        }
        return shapes;
    }

    /// <inheritdoc cref="ShapesOf(LayerInput)"/>
    internal LayerShape[] ShapesOf(InputShape input) => ShapesOf(LayerInput.Of(input));

    /// <summary>Spike rates that the readout reads: of each neuron of its layers, one in each window.</summary>
    /// <param name="input">What the first layer reads.</param>
    internal int ReadRates(LayerInput input) => ShapesOf(input)[Read].Sum(shape => shape.Neurons) * Readout.Windows;

    /// <inheritdoc cref="ReadRates(LayerInput)"/>
    internal int ReadRates(InputShape input) => ReadRates(LayerInput.Of(input));

    /// <summary>Those that the readout's weights see at once: all, or where the same weights read each window, those of one.</summary>
    /// <param name="input">What the first layer reads.</param>
    internal int ReadoutInputs(LayerInput input) => ReadRates(input) / Readout.Readings;

    /// <inheritdoc cref="ReadoutInputs(LayerInput)"/>
    internal int ReadoutInputs(InputShape input) => ReadoutInputs(LayerInput.Of(input));

    /// <summary>Windows that a layer's spikes are summed in: those of the readout where it reads the layer, else one.</summary>
    /// <param name="layer">Which, from 0.</param>
    internal int WindowsOf(int layer) => IsRead(layer) ? Readout.Windows : 1;

    /// <summary>The time constant that a layer's spikes are summed with: that of the readout where it reads the layer, else null.</summary>
    /// <param name="layer">Which, from 0.</param>
    internal double? TimeConstantOf(int layer) => IsRead(layer) ? Readout.TimeConstant : null;

    /// <summary>The readout where it reads a layer, else null.</summary>
    /// <param name="layer">Which, from 0.</param>
    internal Readout? ReadoutOf(int layer) => IsRead(layer) ? Readout : null;

    /// <summary>Why the first layer cannot read such an input, as a sentence; null where it can.</summary>
    internal string? Misfit(InputShape input) => Layers[0] is ConvolutionLayer && LayerInput.Of(input).Map is null ? LayerInput.NoMap : null;

    /// <summary>Synapses of each neuron of a layer: as many as it has inputs, times their delays.</summary>
    /// <param name="layer">Which, from 0.</param>
    /// <param name="input">What the input column holds.</param>
    internal int InputsOf(int layer, InputShape input) => ShapesOf(input)[layer].Synapses;

    /// <summary>What a layer's options are called in a sentence, with the dot behind it; empty where it is the only one.</summary>
    internal string NameOf(int layer) => Layers.Length == 1 ? "" : $"Layers[{layer}].";

    /// <exception cref="ArgumentException">Says which option cannot be, and what it must be.</exception>
    internal void Check()
    {
        Require.Given(EvaluationCode, nameof(EvaluationCode));
        Require.Given(Readout, nameof(Readout));
        Require.That(!Layers.IsEmpty && Layers.All(layer => layer is not null),
            "Layers holds no layer, or one that is null, but a network has one layer or more; leave it out for one of columns.");
        for (int i = 0; i < Layers.Length; i++) Layers[i].Check(NameOf(i));
        Require.That(!Layers.Skip(1).Any(layer => layer is ColumnLayer { ReceptiveField: not null }),
            "A layer after the first has a ReceptiveField, but only the first sees an image; leave it null in the others.");
        Require.That(!Layers.Zip(Layers.Skip(1)).Any(two => two is (not ConvolutionLayer, ConvolutionLayer)),
            "A ConvolutionLayer follows a layer of columns, but it reads an image, or the feature maps of a ConvolutionLayer; put it before the columns.");
        Require.Positive(TimeSteps, nameof(TimeSteps), MostTimeSteps);
        Code?.Check(nameof(Code));
        EvaluationCode.Check(Code);
        Require.That(Code?.InitialInputScale is null || Layers[0] is not { HasDelays: true, Learning: Surrogate },
            $"Code is {Code?.GetType().Name}, whose scale of the inputs learns, but the first layer has Delays, through which it does not; take RateCode, or "
            + "leave the delays to later layers.");
        Require.That(Enum.IsDefined(Scaling), $"Scaling is {Scaling}, but it must be Auto, Shared, PerInput or None.");
        Readout.Check();
    }

    /// <summary>Whether the readout reads a layer.</summary>
    /// <param name="layer">Which, from 0.</param>
    internal bool IsRead(int layer) => layer >= Read.Start.GetOffset(Layers.Length);
}

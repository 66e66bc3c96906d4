namespace Microsoft.ML.Spiking;

/// <summary>All columns of a network, on the CPU: shows them samples and reads what their spikes add up to.</summary>
/// <remarks>Thread-safe while nobody changes the weights; what a run changes is in the <see cref="ColumnActivity"/>.</remarks>
internal sealed class ColumnSimulation
{
    private const int StackSteps = 64;
    private readonly SpikingNetworkOptions _options;

    public ColumnSimulation(SpikingNetworkOptions options, ReadOnlySpan<float> columnWeights, int inputs)
    {
        _options = options;
        Lanes = new Lanes(options);
        Weights = new PanelWeights(Lanes, columnWeights, inputs);
    }

    public Lanes Lanes { get; }

    /// <summary>The columns' weights.</summary>
    public PanelWeights Weights { get; }

    /// <summary>Shows a panel of neurons a spike train.</summary>
    /// <param name="train">The spikes.</param>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="activity">Receives the neurons' spikes.</param>
    /// <param name="membranes">Receives the membranes before the reset, [step, lane], for the gradient; empty to forget them.</param>
    public void Show(SpikeTrain train, int panel, ColumnActivity activity, Span<float> membranes = default)
    {
        // On the stack, and so in the first cache: currents never reach memory.
        Span<float> currents = stackalloc float[StackSteps * Spiking.Lanes.Panel];
        if (train.Steps > StackSteps) currents = new float[train.Steps * Spiking.Lanes.Panel];
        CurrentKernel.OfSpikes(train, Weights[panel], currents);
        LifKernel.Run(currents, Spiking.Lanes.Panel, Lanes, panel, activity.Panel(panel), membranes);
    }

    /// <summary>Shows all neurons a spike train.</summary>
    public void Show(SpikeTrain train, ColumnActivity activity)
    {
        for (int panel = 0; panel < Lanes.Panels; panel++) Show(train, panel, activity);
    }

    /// <summary>Shows all neurons the same input in every step.</summary>
    /// <param name="inputs">The inputs that are not 0.</param>
    /// <param name="values">Their values.</param>
    /// <param name="activity">Receives the spikes.</param>
    public void Show(ReadOnlySpan<int> inputs, ReadOnlySpan<float> values, ColumnActivity activity)
    {
        Span<float> current = stackalloc float[Spiking.Lanes.Panel];
        for (int panel = 0; panel < Lanes.Panels; panel++)
        {
            CurrentKernel.OfConstant(inputs, values, Weights[panel], current);
            LifKernel.Run(current, stride: 0, Lanes, panel, activity.Panel(panel));
        }
    }

    /// <summary>Sums the spikes up, each counted as much as the other columns' influence makes it count.</summary>
    /// <param name="activity">The spikes; its rates and gains are computed.</param>
    /// <param name="interWeights">The weights between columns, as a layer.</param>
    /// <param name="accumulated">Receives one sum a neuron, [column, neuron].</param>
    public void Accumulate(ColumnActivity activity, DenseKernel interWeights, Span<float> accumulated)
    {
        activity.Rate();
        activity.Modulate(interWeights, (float)_options.Modulation);
        AccumulateKernel.Forward(Lanes, activity, accumulated);
    }
}

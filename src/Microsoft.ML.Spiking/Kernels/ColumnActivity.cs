using System.Numerics;
using System.Runtime.CompilerServices;
using Microsoft.ML.Spiking.Codes;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>What the columns did on one sample: the spikes of every neuron and the columns' signed rates in every step.</summary>
/// <remarks>A buffer that is used again for the next sample; one thread at a time.</remarks>
/// <param name="lanes">Where the neurons are.</param>
/// <param name="steps">Time steps.</param>
/// <param name="windows">Windows that the readout reads them in.</param>
/// <param name="fading">What a spike counts where the readout forgets; null where it does not.</param>
internal sealed class ColumnActivity(Lanes lanes, int steps, int windows = 1, Fading? fading = null)
{
    private readonly ulong[] _spikes = new ulong[lanes.Panels * steps];

    public int Steps { get; } = steps;

    /// <summary>The sample's own time steps: in those that follow, no neuron counts as having fired (<see cref="End"/>).</summary>
    public int Length { get; set; } = steps;

    /// <summary>Windows that the sample's own time steps are cut into.</summary>
    public int Windows => windows;

    /// <summary>The time steps of a window.</summary>
    public (int Start, int End) Window(int window) => TimeWindow.Of(Length, windows, window);

    /// <summary>What a spike counts where the readout forgets; null where it does not.</summary>
    public Fading? Fading => fading;

    /// <summary>Whether the readout reads on from window to window, all that has come since the first step.</summary>
    public bool ReadsOn { get; init; }

    /// <summary>What a window's spikes are averaged over: its own time steps, each as much as a spike counts in it, but 1 where it has none.</summary>
    public float StepsOf(int window)
    {
        var (start, end) = Window(window);
        return fading?.Total(end - start) ?? Math.Max(1, end - start);
    }

    /// <summary>Forgets what a panel's neurons have fired after the sample's end.</summary>
    public void End(int panel) => Panel(panel)[Length..].Clear();

    /// <summary>Mean over a column's neurons of their signed spikes, [step, column].</summary>
    public float[] Rates { get; } = new float[steps * lanes.Columns];

    /// <summary>What each spike of a column counts, [step, column]: 1 + modulation · influence.</summary>
    public float[] Gains { get; } = new float[steps * lanes.Columns];

    /// <summary>The spikes of a panel, a ulong of 64 neurons for each step.</summary>
    public Span<ulong> Panel(int panel) => _spikes.AsSpan(panel * Steps, Steps);

    /// <summary>The spikes of the panel that holds a word, and how far to shift them right to have the word's 16 bits lowest.</summary>
    public (ReadOnlyMemory<ulong> Spikes, int Shift) Word(int word)
        => (_spikes.AsMemory(word / 4 * Steps, Steps), word % 4 * Lanes.Word);

    /// <summary>Shows a next layer the neurons that fired, counted over all columns.</summary>
    public void CopyTo(Stimulus next)
    {
        CopyTo(next.Fire());
        next.Length = Length;
    }

    /// <summary>Adds the neurons that fired, counted over all columns, to a spike train that is empty so far: what a next layer reads.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyTo(SpikeTrain train)
    {
        for (int step = 0; step < Steps; step++, train.NextStep())
        {
            for (int panel = 0; panel < lanes.Panels; panel++)
                for (ulong spikes = _spikes[panel * Steps + step]; spikes != 0; spikes &= spikes - 1)
                    train.Add(lanes.NeuronOf(panel * Lanes.Panel + BitOperations.TrailingZeroCount(spikes)));
        }
    }

    /// <summary>Computes <see cref="Rates"/> once all panels have run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Rate()
    {
        Array.Clear(Rates);
        foreach (PanelShare share in lanes.Shares) Count(Panel(share.Panel), share.Excitatory, share.Inhibitory, Rates.AsSpan(share.Column), lanes.Columns);
        for (int i = 0; i < Rates.Length; i++) Rates[i] /= lanes.Neurons;
    }

    /// <summary>Computes the <see cref="Rates"/> of a step that all panels have taken, and gives them.</summary>
    public ReadOnlySpan<float> Rate(int step)
    {
        Span<float> rates = Rates.AsSpan(step * lanes.Columns, lanes.Columns);
        rates.Clear();
        foreach (PanelShare share in lanes.Shares)
            Count(Panel(share.Panel).Slice(step, 1), share.Excitatory, share.Inhibitory, rates[share.Column..], lanes.Columns);
        foreach (ref float rate in rates) rate /= lanes.Neurons;
        return rates;
    }

    /// <summary>Adds, for each column, what tells a dead or a saturated one.</summary>
    /// <param name="active">[column]: neurons that spiked at all.</param>
    /// <param name="constant">[column]: neurons that spiked in every step.</param>
    public void CountExtremes(Span<int> active, Span<int> constant)
    {
        foreach (PanelShare share in lanes.Shares)
        {
            ulong any = 0, every = ulong.MaxValue, neurons = share.Excitatory | share.Inhibitory;
            foreach (ulong spikes in Panel(share.Panel)[..Length]) (any, every) = (any | spikes, every & spikes);
            active[share.Column] += BitOperations.PopCount(any & neurons);
            constant[share.Column] += BitOperations.PopCount(every & neurons);
        }
    }

    /// <summary>Counts the spikes of each column.</summary>
    /// <param name="spikes">Receives them, [column].</param>
    /// <param name="active">Receives how many of its neurons spiked at all in what the readout reads, in each window anew, [column].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CountSpikes(Span<int> spikes, Span<int> active)
    {
        spikes.Clear();
        active.Clear();
        foreach (PanelShare share in lanes.Shares)
        {
            ulong neurons = share.Excitatory | share.Inhibitory;
            for (int window = 0; window < windows; window++)
            {
                ulong any = 0;
                var (start, end) = ReadsOn ? (0, TimeWindow.Seen(Length, windows, window)) : Window(window);
                foreach (ulong fired in Panel(share.Panel)[start..end]) any |= fired;
                active[share.Column] += BitOperations.PopCount(any & neurons);
            }
            foreach (ulong fired in Panel(share.Panel)[..Length]) spikes[share.Column] += BitOperations.PopCount(fired & neurons);
        }
    }

    /// <summary>Counts the spikes of each column in the sample's last time step.</summary>
    /// <param name="spikes">Receives them, [column].</param>
    public void CountLast(Span<int> spikes)
    {
        spikes.Clear();
        if (Length == 0) return;
        foreach (PanelShare share in lanes.Shares)
            spikes[share.Column] += BitOperations.PopCount(Panel(share.Panel)[Length - 1] & (share.Excitatory | share.Inhibitory));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Count(ReadOnlySpan<ulong> spikes, ulong excitatory, ulong inhibitory, Span<float> rates, int stride)
    {
        for (int step = 0, at = 0; step < spikes.Length; step++, at += stride)
            rates[at] += BitOperations.PopCount(spikes[step] & excitatory) - BitOperations.PopCount(spikes[step] & inhibitory);
    }

    /// <summary>Computes <see cref="Gains"/> from the rates: influence[t] = rate[t] · Wᵀ.</summary>
    /// <param name="interWeights">The weights between columns as a layer, [post, pre].</param>
    /// <param name="modulation">How much influence changes what a spike counts.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Modulate(DenseKernel interWeights, float modulation)
    {
        interWeights.Run(Rates, Gains, Steps);
        for (int i = 0; i < Gains.Length; i++) Gains[i] = 1 + modulation * Gains[i];
    }
}

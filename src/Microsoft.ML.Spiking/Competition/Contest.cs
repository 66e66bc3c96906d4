using System.Runtime.Intrinsics;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Images;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Competition;

/// <summary>A row shown to a winner-take-all layer: who fires, and how often. One thread's, used again for each row.</summary>
/// <remarks>
/// The currents of all steps are summed first, panel by panel, from weights that then lie in the cache; between two spikes of the layer, of which a row has
/// some ten, neurons know nothing of each other. Where the winner learns, its own currents of the steps to come are summed anew.
/// </remarks>
internal sealed unsafe class Contest
{
    private readonly CompetitiveLayer _layer;
    private readonly AlignedFloats _currents, _potentials;
    private readonly int _steps;

    public Contest(CompetitiveLayer layer)
    {
        (_layer, _steps) = (layer, layer.Network.TimeSteps);
        (_currents, _potentials) = (new AlignedFloats(layer.Panels * _steps * Lanes.Panel), new AlignedFloats(layer.Panels * Lanes.Panel));
        Counts = new int[layer.Network.Neurons];
    }

    /// <summary>Spikes of each neuron in the row that was shown last, [neuron].</summary>
    public int[] Counts { get; }

    /// <summary>Shows a row.</summary>
    /// <param name="train">Its spikes.</param>
    /// <param name="learner">What the winners learn by; null where they do not.</param>
    /// <returns>Spikes of the layer.</returns>
    public int Run(SpikeTrain train, CompetitiveLearner? learner = null)
        => Vector512.IsHardwareAccelerated ? Run<Width512, Vector512<float>>(train, learner)
            : Vector256.IsHardwareAccelerated ? Run<Width256, Vector256<float>>(train, learner)
            : Run<Width128, Vector128<float>>(train, learner);

    /// <summary>The same by registers of a width, which every processor can do in some way.</summary>
    public int Run<TWidth, TFloats>(SpikeTrain train, CompetitiveLearner? learner)
        where TWidth : struct, IFloatLanes<TFloats>
        where TFloats : unmanaged
    {
        var all = new InputRange(0, _layer.Inputs);
        for (int panel = 0; panel < _layer.Panels; panel++)
            CurrentKernel.OfSpikes(train, all, _layer.Panel(panel), _currents.Span.Slice(panel * _steps * Lanes.Panel, _steps * Lanes.Panel));
        Array.Clear(Counts);
        _potentials.Span.Clear();
        learner?.Begin(train);

        int spikes = 0, lanes = _layer.Panels * Lanes.Panel;
        float inhibition = (float)(learner is null && _layer.Network.ScoringInhibition is { } less ? less : _layer.Network.Inhibition);
        float* potentials = _potentials.First;
        for (int step = 0; (step = CompetitionKernel.Advance<TWidth, TFloats>(_layer, potentials, _currents.First, step, _steps)) < _steps; step++)
        {
            int winner = CompetitionKernel.Winner(potentials, _layer.Thresholds, Counts.Length);
            Counts[winner]++;
            spikes++;
            CompetitionKernel.Inhibit<TWidth, TFloats>(potentials, lanes, inhibition);
            potentials[winner] = 0;
            if (learner is not null) Anticipate(train, learner.Learn(winner, step), winner, step + 1);
        }
        learner?.End();
        return spikes;
    }

    /// <summary>Sums a neuron's currents of the steps to come, in the order in which <see cref="CurrentKernel"/> does.</summary>
    private void Anticipate(SpikeTrain train, ReadOnlySpan<float> weights, int neuron, int from)
    {
        Span<float> currents = _currents.Span.Slice(neuron / Lanes.Panel * _steps * Lanes.Panel, _steps * Lanes.Panel)[(neuron % Lanes.Panel)..];
        for (int step = from; step < _steps; step++)
        {
            float sum = 0;
            foreach (int input in train[step]) sum += weights[input];
            currents[step * Lanes.Panel] = sum;
        }
    }
}

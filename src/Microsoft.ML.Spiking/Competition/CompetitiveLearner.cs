using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Competition;

/// <summary>Winners that learn (<see cref="CompetitiveStdp"/>), row by row.</summary>
/// <remarks>
/// A row has one winner or a few, which fire several times each. So a winner's weights are taken out of the layer when it first fires, learn as one vector,
/// and go back when the row ends.
/// </remarks>
internal sealed class CompetitiveLearner
{
    private readonly CompetitiveLayer _layer;
    private readonly CompetitiveStdp _rule;
    private readonly RewardJudge? _judge;
    private readonly float[] _traces, _powers;
    private readonly List<int> _winners = [];
    private readonly List<float[]> _weights = [];
    private SpikeTrain _train = null!;
    private int _seen;

    /// <param name="layer">Whose winners.</param>
    /// <param name="rule">How they learn.</param>
    /// <param name="classes">Number of classes, of a rule that rewards.</param>
    public CompetitiveLearner(CompetitiveLayer layer, CompetitiveStdp rule, int classes = 0)
    {
        (_layer, _rule, _traces) = (layer, rule, new float[layer.Inputs]);
        _judge = rule.Reward is null ? null : new RewardJudge(layer.Network.Neurons, classes);
        _powers = [.. Enumerable.Range(0, layer.Network.TimeSteps + 1).Select(steps => (float)Math.Exp(-steps / rule.TraceTimeConstant))];
    }

    /// <summary>What a spike moves weights and thresholds by, in the rows to come.</summary>
    public (float Learning, float Threshold) Rates { get; set; }

    /// <summary>The class of the row to come; below 0 where nobody knows it.</summary>
    public int Label { get; set; } = -1;

    /// <summary>Whether spikes are rewarded yet.</summary>
    public bool Rewards { get; set; }

    /// <summary>A row begins.</summary>
    public void Begin(SpikeTrain train)
    {
        Array.Clear(_traces);
        (_train, _seen) = (train, -1);
        _winners.Clear();
    }

    /// <summary>A neuron has fired: it learns.</summary>
    /// <param name="neuron">Which.</param>
    /// <param name="step">When.</param>
    /// <returns>Its weights from now on, [input].</returns>
    public ReadOnlySpan<float> Learn(int neuron, int step)
    {
        Trace(step);
        float[] own = Own(neuron);
        bool errs = Label >= 0 && _judge?.Errs(neuron, Label) == true;
        if (errs && Rewards) StdpKernel.Unlearn(_traces, Rates.Learning * (float)_rule.Reward!.Punishment, own);
        else StdpKernel.Learn(_traces, Rates.Learning, (float)_rule.Depression, own);
        _layer.NeuronThresholds[neuron] += Rates.Threshold;
        return own;
    }

    /// <summary>The row ends: who fired in it has its weights scaled.</summary>
    public void End()
    {
        for (int i = 0; i < _winners.Count; i++)
        {
            StdpKernel.Normalise(_weights[i], (float)_rule.MeanWeight);
            _layer.SetWeights(_winners[i], _weights[i]);
        }
    }

    private float[] Own(int neuron)
    {
        int place = _winners.IndexOf(neuron);
        if (place >= 0) return _weights[place];
        _winners.Add(neuron);
        if (_weights.Count < _winners.Count) _weights.Add(new float[_layer.Inputs]);
        float[] own = _weights[_winners.Count - 1];
        _layer.CopyWeights(neuron, own);
        return own;
    }

    /// <summary>Brings the inputs' traces up to a step: each is 1 in the step in which its input spikes, the latest one counts.</summary>
    private void Trace(int step)
    {
        Elementwise.Multiply(_traces, _powers[step - Math.Max(_seen, 0)], _traces);
        for (int s = _seen + 1; s <= step; s++)
        {
            float trace = _powers[step - s];
            foreach (int input in _train[s]) _traces[input] = trace;
        }
        _seen = step;
    }
}

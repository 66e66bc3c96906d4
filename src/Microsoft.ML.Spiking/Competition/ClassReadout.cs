namespace Microsoft.ML.Spiking.Competition;

/// <summary>From the spikes of neurons to the shares of classes.</summary>
internal sealed class ClassReadout
{
    // How many spikes the classes' own shares count as: enough to decide where no neuron does, and that no class has none at all.
    private const float Prior = 0.01f;

    private readonly float[] _votes, _prior;
    private readonly int _classes;

    public ClassReadout(WinnerTakeAllModel model)
    {
        _classes = model.Classes;
        _prior = [.. model.ClassShares.Select(share => Prior * share)];
        _votes = model.Network.Vote == ClassVote.Shares ? Shares(model) : OwnClass(model);
    }

    /// <summary>The classes' shares of a row, which sum to 1.</summary>
    /// <param name="counts">Spikes, [neuron].</param>
    /// <param name="shares">Receives [class].</param>
    public void Read(ReadOnlySpan<int> counts, Span<float> shares)
    {
        shares.Clear();
        float spikes = 0, total = 0;
        for (int neuron = 0; neuron < counts.Length; neuron++)
        {
            if (counts[neuron] == 0) continue;
            ReadOnlySpan<float> votes = _votes.AsSpan(neuron * _classes, _classes);
            for (int c = 0; c < votes.Length; c++) shares[c] += counts[neuron] * votes[c];
            spikes += counts[neuron];
        }
        foreach (float share in shares) total += share;
        float scale = total > 0 ? spikes / total : 0, all = (total > 0 ? spikes : 0) + Prior;
        for (int c = 0; c < shares.Length; c++) shares[c] = (shares[c] * scale + _prior[c]) / all;
    }

    /// <summary>One vote, for the own class, divided by the neurons that speak for it: [neuron, class].</summary>
    private static float[] OwnClass(WinnerTakeAllModel model)
    {
        var votes = new float[model.ClassSpikes.Length];
        var classes = model.NeuronClasses;
        var speakers = new int[model.Classes];
        foreach (int c in classes)
            if (c >= 0) speakers[c]++;
        for (int neuron = 0; neuron < classes.Length; neuron++)
            if (classes[neuron] is >= 0 and var c) votes[neuron * model.Classes + c] = 1f / speakers[c];
        return votes;
    }

    /// <summary>One vote, shared among the classes that the neuron fires for: [neuron, class].</summary>
    private static float[] Shares(WinnerTakeAllModel model)
    {
        float[] votes = [.. model.ClassSpikes];
        for (int at = 0; at < votes.Length; at += model.Classes)
        {
            Span<float> own = votes.AsSpan(at, model.Classes);
            float sum = 0;
            foreach (float vote in own) sum += vote;
            if (sum == 0) continue;
            foreach (ref float vote in own) vote /= sum;
        }
        return votes;
    }
}

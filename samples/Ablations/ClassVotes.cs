namespace Microsoft.ML.Spiking.Samples.Ablations;

/// <summary>Neurons that vote for the class that they fire most for, as those of ml.MulticlassClassification.Trainers.WinnerTakeAll do (ClassVote.OwnClass).</summary>
internal static class ClassVotes
{
    /// <summary>Percent of rows that are named rightly.</summary>
    /// <param name="spikes">Of rows with labels, [row][neuron].</param>
    /// <param name="labels">Their classes, from 0.</param>
    /// <param name="unseen">Of other rows, [row][neuron].</param>
    /// <param name="truth">Their classes.</param>
    /// <param name="classes">Number of classes.</param>
    public static double Accuracy(float[][] spikes, int[] labels, float[][] unseen, int[] truth, int classes)
    {
        int neurons = spikes[0].Length;
        var sums = new double[neurons, classes];
        for (int row = 0; row < spikes.Length; row++)
            for (int neuron = 0; neuron < neurons; neuron++) sums[neuron, labels[row]] += spikes[row][neuron];
        int[] own = [.. Enumerable.Range(0, neurons).Select(neuron => Enumerable.Range(0, classes).MaxBy(c => sums[neuron, c]))];
        bool[] silent = [.. Enumerable.Range(0, neurons).Select(neuron => sums[neuron, own[neuron]] == 0)];
        var speakers = new int[classes];
        for (int neuron = 0; neuron < neurons; neuron++)
            if (!silent[neuron]) speakers[own[neuron]]++;
        return 100.0 * unseen.Where((row, i) => Vote(row) == truth[i]).Count() / unseen.Length;

        int Vote(float[] row)
        {
            var votes = new double[classes];
            for (int neuron = 0; neuron < neurons; neuron++)
                if (!silent[neuron]) votes[own[neuron]] += row[neuron] / speakers[own[neuron]];
            return Enumerable.Range(0, classes).MaxBy(c => votes[c]);
        }
    }
}

using System.Buffers.Binary;

namespace Microsoft.ML.Spiking;

/// <summary>What a layer did with one sample.</summary>
/// <param name="Sample">Its place among the report's samples.</param>
/// <param name="Score">Probability of each class.</param>
/// <param name="Spikes">A bit a neuron shown and step, [column, neuron, step], the lowest bit of a byte first.</param>
/// <param name="Membranes">Membrane potentials before the reset, in units of <paramref name="Unit"/>: 16-bit integers, little-endian, [column, neuron,
/// step].</param>
/// <param name="Thresholds">The threshold in every step, as the membranes; null where it stays.</param>
/// <param name="Unit">Membrane potential of one unit.</param>
/// <param name="ByStep">Spikes of all neurons, shown or not, in every step.</param>
/// <param name="ByColumn">Spikes of all neurons of each column.</param>
internal sealed record ReportRecording(int Sample, float[] Score, byte[] Spikes, byte[] Membranes, byte[]? Thresholds, float Unit, int[] ByStep, int[] ByColumn)
{
    public static ReportRecording Of(int sample, IReadOnlyList<float> score, LayerRecording recording, int[] neurons)
    {
        int cells = recording.Columns * neurons.Length * recording.Steps, cell = 0;
        var spikes = new byte[(cells + 7) / 8];
        float[] membranes = new float[cells], thresholds = new float[recording.ThresholdsMove ? cells : 0];
        for (int column = 0; column < recording.Columns; column++)
        {
            foreach (int neuron in neurons)
            {
                for (int step = 0; step < recording.Steps; step++, cell++)
                {
                    if (recording.Fired(step, column, neuron)) spikes[cell / 8] |= (byte)(1 << cell % 8);
                    membranes[cell] = recording.Membrane(step, column, neuron);
                    if (recording.ThresholdsMove) thresholds[cell] = recording.Threshold(step, column, neuron);
                }
            }
        }
        float unit = Math.Max(1e-6f, membranes.Concat(thresholds).Max(Math.Abs)) / short.MaxValue;
        return new ReportRecording(
            sample, [.. score.Select(p => MathF.Round(p, 4))], spikes, Packed(membranes, unit), recording.ThresholdsMove ? Packed(thresholds, unit) : null,
            unit,
            ByStepOf(recording), [.. recording.SpikeCount]);
    }

    private static byte[] Packed(float[] potentials, float unit)
    {
        var packed = new byte[2 * potentials.Length];
        for (int i = 0; i < potentials.Length; i++) BinaryPrimitives.WriteInt16LittleEndian(packed.AsSpan(2 * i), (short)MathF.Round(potentials[i] / unit));
        return packed;
    }

    private static int[] ByStepOf(LayerRecording recording)
    {
        var count = new int[recording.Steps];
        for (int step = 0; step < recording.Steps; step++)
            for (int column = 0; column < recording.Columns; column++)
                for (int neuron = 0; neuron < recording.NeuronsPerColumn; neuron++)
                    if (recording.Fired(step, column, neuron)) count[step]++;
        return count;
    }
}

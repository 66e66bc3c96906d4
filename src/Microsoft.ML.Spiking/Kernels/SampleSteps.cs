namespace Microsoft.ML.Spiking.Kernels;

/// <summary>A sample's numbers of each time step, as they lie among those of a batch, [step, sample, number].</summary>
/// <param name="all">Those of the batch.</param>
/// <param name="steps">Time steps; 1 where the numbers are the same in all.</param>
/// <param name="batch">Samples.</param>
/// <param name="sample">Which.</param>
internal readonly ref struct SampleSteps(Span<float> all, int steps, int batch, int sample)
{
    private readonly Span<float> _all = all;
    private readonly int _numbers = all.Length / (steps * batch);

    /// <summary>Time steps.</summary>
    public int Steps => steps;

    /// <summary>The numbers of a step.</summary>
    public Span<float> this[int step] => _all.Slice((step * batch + sample) * _numbers, _numbers);
}

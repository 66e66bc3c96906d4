namespace Microsoft.ML.Spiking.Kernels;

/// <summary>
/// From the rates of a row's windows to what a readout reads that reads on (<see cref="WindowPooling"/>): in each window all that has come since the row's
/// first step, as it is at the window's end, over all steps that a row may have.
/// </summary>
/// <remarks>
/// read[w] = keep[w] · read[w - 1] + share[w] · rate[w]: what a leaky integrator's membrane is at the window's end, or a sum that does not leak. A window
/// that ends before the row's first step does reads as the first that holds one.
/// </remarks>
internal sealed class ReadingOn
{
    private readonly int _windows;
    private readonly Fading? _fading;
    private readonly float _all;

    private ReadingOn(Readout readout, int steps)
    {
        (_windows, _fading) = (readout.Windows, Fading.Of(readout.TimeConstant, steps));
        _all = Total(steps);
    }

    /// <returns>Null where the readout reads each window by itself, or the layer not at all.</returns>
    /// <param name="readout">The readout; null of a layer that it does not read.</param>
    /// <param name="steps">Time steps that a row may have.</param>
    public static ReadingOn? Of(Readout? readout, int steps) => readout is { Readings: > 1 } ? new ReadingOn(readout, steps) : null;

    /// <summary>From rates to what is read, in place.</summary>
    /// <param name="rates">Of a row, [window, neuron].</param>
    /// <param name="length">The row's steps.</param>
    public void Forward(Span<float> rates, int length)
    {
        int neurons = rates.Length / _windows, first = TimeWindow.First(length, _windows);
        for (int window = first; window < _windows; window++)
        {
            Span<float> read = rates.Slice(window * neurons, neurons);
            var (keep, share) = Factors(length, window);
            Elementwise.Multiply(read, share, read);
            if (window > first) Elementwise.AddProduct(rates.Slice((window - 1) * neurons, neurons), keep, read);
        }
        for (int window = 0; window < first; window++) rates.Slice(first * neurons, neurons).CopyTo(rates[(window * neurons)..]);
    }

    /// <summary>From the gradient by what is read to that by the rates, in place.</summary>
    /// <param name="gradient">Of a row, [window, neuron].</param>
    /// <param name="length">The row's steps.</param>
    public void Backward(Span<float> gradient, int length)
    {
        int neurons = gradient.Length / _windows, first = TimeWindow.First(length, _windows);
        for (int window = 0; window < first; window++) Elementwise.Add(gradient.Slice(window * neurons, neurons), gradient.Slice(first * neurons, neurons));
        gradient[..(first * neurons)].Clear();
        for (int window = _windows; window-- > first;)
        {
            Span<float> ofRead = gradient.Slice(window * neurons, neurons);
            var (keep, share) = Factors(length, window);
            if (window > first) Elementwise.AddProduct(ofRead, keep, gradient.Slice((window - 1) * neurons, neurons));
            Elementwise.Multiply(ofRead, share, ofRead);
        }
    }

    private (float Keep, float Share) Factors(int length, int window)
    {
        var (start, end) = TimeWindow.Of(length, _windows, window);
        return (_fading?.Left(end - start) ?? 1, Total(end - start) / _all);
    }

    /// <summary>What a neuron comes to that fires in each of some steps; 1 of none.</summary>
    private float Total(int steps) => _fading?.Total(steps) ?? Math.Max(1, steps);
}

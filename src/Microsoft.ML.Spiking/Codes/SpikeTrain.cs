namespace Microsoft.ML.Spiking.Codes;

/// <summary>The spikes of one sample as events, in the order of time: which inputs fired in which step.</summary>
internal sealed class SpikeTrain
{
    private readonly int[] _starts;
    private int[] _inputs = new int[256];
    private int _count, _step;

    public SpikeTrain(int steps) => _starts = new int[steps + 1];

    public int Steps => _starts.Length - 1;

    /// <summary>Number of spikes in all steps together.</summary>
    public int Count => _count;

    /// <summary>The inputs that fire in a step, ascending.</summary>
    public ReadOnlySpan<int> this[int step] => _inputs.AsSpan(_starts[step].._starts[step + 1]);

    public void Clear() => (_count, _step) = (0, 0);

    public void Add(int input)
    {
        if (_count == _inputs.Length) Array.Resize(ref _inputs, 2 * _count);
        _inputs[_count++] = input;
    }

    /// <summary>Where inputs of this step may be written; <see cref="Take"/> adds them.</summary>
    public Span<int> Room(int count)
    {
        if (_inputs.Length - _count < count) Array.Resize(ref _inputs, Math.Max(2 * _inputs.Length, _count + count));
        return _inputs.AsSpan(_count, count);
    }

    /// <summary>Adds as many inputs as were written into the <see cref="Room"/>.</summary>
    public void Take(int count) => _count += count;

    /// <summary>What is added from here on belongs to the next step.</summary>
    public void NextStep() => _starts[++_step] = _count;
}

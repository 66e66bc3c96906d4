namespace Microsoft.ML.Spiking;

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

    /// <summary>What is added from here on belongs to the next step.</summary>
    public void NextStep() => _starts[++_step] = _count;
}

using System.Runtime.CompilerServices;

namespace Microsoft.ML.Spiking.Codes;

/// <summary>The spikes of one sample as events, in the order of time: which inputs fired in which step, and, of graded spikes, how strongly.</summary>
internal sealed class SpikeTrain
{
    /// <summary>Steps of a <see cref="Burst"/>.</summary>
    public const int BurstSteps = 8;

    private readonly int[] _starts, _burstEnds;
    private int[] _inputs = new int[256], _bursts = [];
    private float[] _values = [];
    private byte[] _patterns = [];
    private int _count, _step;

    public SpikeTrain(int steps) => (_starts, _burstEnds) = (new int[steps + 1], new int[(steps + BurstSteps - 1) / BurstSteps]);

    public int Steps => _starts.Length - 1;

    /// <summary>Number of spikes in all steps together.</summary>
    public int Count => _count;

    /// <summary>Whether a spike has a value of its own, <see cref="Values"/>; otherwise each counts 1.</summary>
    public bool IsGraded { get; private set; }

    /// <summary>The inputs that fire in a step, ascending.</summary>
    public ReadOnlySpan<int> this[int step] => _inputs.AsSpan(_starts[step].._starts[step + 1]);

    /// <summary>The values of a step's graded spikes.</summary>
    public ReadOnlySpan<float> Values(int step) => _values.AsSpan(_starts[step].._starts[step + 1]);

    /// <summary>Eight steps each, the last perhaps fewer.</summary>
    public int Bursts => _burstEnds.Length;

    /// <summary>
    /// The inputs that fire in eight steps, ascending, and in which of them: input · 256 + the steps as bits. They are there once the train, which is not
    /// graded, has been <see cref="Bundle"/>d.
    /// </summary>
    public ReadOnlySpan<int> Burst(int burst) => _bursts.AsSpan((burst == 0 ? 0 : _burstEnds[burst - 1]).._burstEnds[burst]);

    /// <summary>Makes room for so many spikes, graded ones too.</summary>
    public void Reserve(int count)
    {
        if (_inputs.Length < count) Array.Resize(ref _inputs, count);
        if (_values.Length < _inputs.Length) Array.Resize(ref _values, _inputs.Length);
    }

    /// <summary>Empties it.</summary>
    /// <param name="graded">Whether what is added from now on has values.</param>
    public void Clear(bool graded = false) => (_count, _step, IsGraded) = (0, 0, graded);

    public void Add(int input)
    {
        if (_count == _inputs.Length) Array.Resize(ref _inputs, 2 * _count);
        _inputs[_count++] = input;
    }

    /// <summary>Adds a graded spike.</summary>
    public void Add(int input, float value)
    {
        if (_count >= _values.Length) Array.Resize(ref _values, Math.Max(2 * _count, _inputs.Length));
        _values[_count] = value;
        Add(input);
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

    /// <summary>Nothing comes in the steps that are left.</summary>
    public void End()
    {
        while (_step < Steps) NextStep();
    }

    /// <summary>Makes the <see cref="Burst"/>s of a train that is complete.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Bundle()
    {
        for (int burst = 0, count = 0; burst < Bursts; burst++)
        {
            int first = burst * BurstSteps, end = Math.Min(first + BurstSteps, Steps), inputs = 0;
            for (int step = first; step < end; step++)
                if (this[step] is [.., var last]) inputs = Math.Max(inputs, last + 1);
            if (_patterns.Length < inputs) _patterns = new byte[inputs];
            if (_bursts.Length < count + inputs) Array.Resize(ref _bursts, 2 * (count + inputs));
            Span<byte> patterns = _patterns.AsSpan(0, inputs);
            for (int step = first; step < end; step++)
                foreach (int input in this[step]) patterns[input] |= (byte)(1 << step - first);
            Span<int> room = _bursts.AsSpan(count, inputs);
            int bundled = 0;
            for (int input = 0; input < patterns.Length; input++)
            {
                // Written always and counted where it fires: no branch to guess.
                room[bundled] = input << BurstSteps | patterns[input];
                bundled += patterns[input] == 0 ? 0 : 1;
            }
            patterns.Clear();
            _burstEnds[burst] = count += bundled;
        }
    }
}

using System.Runtime.CompilerServices;

namespace Microsoft.ML.Spiking.Codes;

/// <summary>What the columns are shown for one sample: a spike train, or an input that is the same in every step.</summary>
/// <remarks>A buffer that is used again for the next sample; one thread at a time.</remarks>
internal sealed class Stimulus(int steps)
{
    private readonly SpikeTrain _train = new(steps);
    private float[] _features = [], _source = [], _values = [];
    private int[] _inputs = [];
    private int _active;

    public int Steps => _train.Steps;

    /// <summary>Of a sequence that ends before, its own time steps; what follows is shown nothing, and counts nothing.</summary>
    public int Length { get; set; } = steps;

    /// <summary>Whether every step has the same input, <see cref="Inputs"/> and <see cref="Values"/>, in place of <see cref="Train"/>.</summary>
    public bool IsConstant { get; private set; }

    /// <summary>Of a constant stimulus, whether all <see cref="Values"/> are 1.</summary>
    public bool IsBinary { get; private set; }

    /// <summary>The spikes of a stimulus that is not constant.</summary>
    public SpikeTrain Train => _train;

    /// <summary>The inputs of a constant stimulus that are not 0, ascending.</summary>
    public ReadOnlySpan<int> Inputs => _inputs.AsSpan(0, _active);

    /// <summary>The values of <see cref="Inputs"/>.</summary>
    public ReadOnlySpan<float> Values => _values.AsSpan(0, _active);

    /// <summary>Room for a row's features on their way into the stimulus, until the next call.</summary>
    public Span<float> Features(int count)
    {
        if (_features.Length < count) _features = new float[count];
        return _features.AsSpan(0, count);
    }

    /// <summary>The standardised features that it was drawn from, where the gradient needs them.</summary>
    public ReadOnlySpan<float> Source => _source;

    /// <summary>Keeps a copy of the standardised features as the <see cref="Source"/>.</summary>
    public void Keep(ReadOnlySpan<float> features)
    {
        if (_source.Length != features.Length) _source = new float[features.Length];
        features.CopyTo(_source);
    }

    /// <summary>Makes it a spike train, empty so far.</summary>
    /// <param name="graded">Whether its spikes have values.</param>
    public SpikeTrain Fire(bool graded = false)
    {
        (IsConstant, Length) = (false, Steps);
        _train.Clear(graded);
        return _train;
    }

    /// <summary>Makes it the same input in every step.</summary>
    /// <param name="input">[input].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Hold(ReadOnlySpan<float> input)
    {
        if (_inputs.Length < input.Length) (_inputs, _values) = (new int[input.Length], new float[input.Length]);
        (IsConstant, _active, Length) = (true, 0, Steps);
        for (int i = 0; i < input.Length; i++)
        {
            if (input[i] == 0) continue;
            (_inputs[_active], _values[_active]) = (i, input[i]);
            _active++;
        }
        IsBinary = Values.IndexOfAnyExcept(1f) < 0;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Images;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>Rows of intensities. A row whose values are all bytes divided by 255, as images' are, is held as bytes.</summary>
/// <param name="shape">What a row holds.</param>
/// <param name="augmenter">How images are changed in training; null where they are shown as they are.</param>
/// <param name="measures">Whether what the features are like is measured.</param>
internal sealed class IntensitySamples(InputShape shape, ImageAugmenter? augmenter = null, bool measures = true) : TrainingSamples
{
    private static readonly float[] s_levels = [.. Enumerable.Range(0, 256).Select(level => level / 255f)];

    private readonly List<Array?> _rows = [];   // null where another process holds it
    private readonly Stack<byte[]> _spareBytes = [];
    private readonly Stack<float[]> _spareFloats = [];
    private readonly byte[] _levels = new byte[shape.Features];
    private readonly FeatureMeter? _meter = measures ? new FeatureMeter(shape) : null;
    private readonly int _width = shape.Features;
    private PoissonThresholds? _thresholds;

    public override void Add(SampleReader reader, int label) => Add(((IntensityReader)reader).Features, label);

    /// <summary>Adds a row.</summary>
    public void Add(ReadOnlySpan<float> features, int label)
    {
        Array row = Held(features);
        AddLabel(label, Buffer.ByteLength(row));
        _rows.Add(row);
        int given = shape.Given(features);
        _meter?.Add(features[..given]);
        HasShort |= given < features.Length;
    }

    public override bool Has(int row) => _rows[row] is not null;

    public override void Measure(SampleReader reader)
    {
        ReadOnlySpan<float> features = ((IntensityReader)reader).Features;
        _meter!.Add(features[..shape.Given(features)]);
    }

    public override void Clear()
    {
        base.Clear();
        foreach (Array? row in _rows)
        {
            if (row is byte[] bytes) _spareBytes.Push(bytes);
            else if (row is float[] floats) _spareFloats.Push(floats);
        }
        _rows.Clear();
        HasShort = false;
    }

    public override FeatureStatistics Statistics() => _meter!.Statistics();

    protected override void Cut(int rows) => Cut(_rows, rows);

    protected override void AddNothing() => _rows.Add(null);

    protected override long BytesOf(SampleReader reader) => IsBytes(((IntensityReader)reader).Features, _levels) ? _width : (long)_width * sizeof(float);

    public override void Draw(SampleEncoder encoder, int row, CounterRandom random, Stimulus stimulus)
    {
        Span<float> features = stimulus.Features(_width);
        Look(row, random, features);
        encoder.Train(features, random, stimulus);
    }

    public override void Draw(SampleEncoder encoder, int[] rows, CounterRandom random, PackedSpikes spikes)
    {
        if (_thresholds?.Spikes != spikes) _thresholds = new PoissonThresholds(spikes);
        PoissonThresholds thresholds = _thresholds;
        Parallel.For(0, rows.Length, sample =>
        {
            CounterRandom own = random.For((ulong)sample);
            if (_rows[rows[sample]] is byte[] levels && encoder.LevelProbabilities is { } probabilities && augmenter is not { KeepsNumbers: false })
            {
                augmenter?.Move((levels = [.. levels]).AsSpan(), own);
                thresholds.Set(sample, levels, probabilities);
                return;
            }
            float[] drawn = new float[_width];
            Look(rows[sample], own, drawn);
            encoder.Probabilities(drawn);
            thresholds.Set(sample, drawn);
        });
        BatchKernels.Fastest.Draw(thresholds, random, spikes);
    }

    public override void Show(int row, ScoringWorkspace workspace)
    {
        Span<float> features = workspace.Stimulus.Features(_width);
        Read(row, features);
        workspace.Show(features);
    }

    public override void Digest(IncrementalHash digest)
    {
        foreach (Array? row in _rows) digest.AppendData(row as byte[] ?? MemoryMarshal.AsBytes<float>((float[])row!));
    }

    /// <summary>Features of a row.</summary>
    public int Width => _width;

    /// <summary>How images are changed in training; null where they are shown as they are.</summary>
    public ImageAugmenter? Augmenter => augmenter;

    /// <summary>Time steps of a row of a sequence; null of other rows.</summary>
    public int? Steps => shape.Steps;

    /// <summary>Whether a row of a sequence ends before its column.</summary>
    public bool HasShort { get; private set; }

    /// <summary>Whether every row is held as bytes.</summary>
    public bool AreBytes => _rows.TrueForAll(row => row is byte[]);

    /// <summary>Copies a row's bytes, where all rows are bytes.</summary>
    public void CopyTo(int row, Span<byte> bytes) => ((byte[])_rows[row]!).CopyTo(bytes);

    /// <summary>Copies a row's features.</summary>
    public void CopyTo(int row, Span<float> features) => Read(row, features);

    /// <summary>A row's features as one sample of a batch sees them.</summary>
    /// <param name="row">Which row.</param>
    /// <param name="sample">The sample's own source of noise.</param>
    /// <param name="features">Receives them.</param>
    public void Look(int row, CounterRandom sample, Span<float> features)
    {
        Read(row, features);
        augmenter?.Change(features, sample);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Read(int row, Span<float> features)
    {
        if (_rows[row] is not byte[] bytes)
        {
            ((float[])_rows[row]!).CopyTo(features);
            return;
        }
        for (int i = 0; i < bytes.Length; i++) features[i] = s_levels[bytes[i]];
    }

    /// <summary>A copy of a row.</summary>
    private Array Held(ReadOnlySpan<float> features)
    {
        if (!IsBytes(features, _levels))
        {
            if (!_spareFloats.TryPop(out float[]? row)) return features.ToArray();
            features.CopyTo(row);
            return row;
        }
        if (!_spareBytes.TryPop(out byte[]? bytes)) return (byte[])[.. _levels];
        _levels.CopyTo(bytes, 0);
        return bytes;
    }

    private static bool IsBytes(ReadOnlySpan<float> features, Span<byte> bytes)
    {
        for (int i = 0; i < features.Length; i++)
        {
            float scaled = features[i] * 255;
            bytes[i] = (byte)Math.Clamp(MathF.Round(scaled), 0, 255);
            if (bytes[i] / 255f != features[i]) return false;
        }
        return true;
    }
}

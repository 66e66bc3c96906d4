using System.Collections.Immutable;
using Microsoft.Extensions.ObjectPool;

namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>A trained network that reads pictures.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ServedModel
{
    private const int SmallestSide = 8;

    private readonly ObjectPool<PredictionEngine<Picture, Verdict>> _engines;
    private readonly SpikeRecorder _recorder;
    private readonly ImmutableArray<string> _classes;
    private readonly double? _usualRate;   // null where digits cannot be told from what is none

    /// <exception cref="InvalidDataException">The network reads no grey pictures.</exception>
    public ServedModel(SpikingNetworkTransformer network)
    {
        (Height, Width) = Size(network.Model.Input)
            ?? throw new InvalidDataException($"The network reads {network.FeatureColumnType}, but pictures in grey are shown here: [height, width] of at least {SmallestSide} pixels a side.");
        _classes = network.ClassNames;
        _engines = new DefaultObjectPoolProvider().Create(new EnginePolicy(network));
        _recorder = new SpikeRecorder(network);
        _usualRate = DigitCheck.Suits(network.Model, _classes) ? network.Model.Training.SpikeRate : null;
        // A first prediction, of nothing, so that the first visitor need not wait.
        float[] blank = new float[Height * Width];
        Card = ModelCard.Of(network.Model, _recorder.Record(blank).Layers[^1], Height, Width, _classes);
        Predict(blank, Detail.Spikes);
    }

    public int Height { get; }

    public int Width { get; }

    public ModelCard Card { get; }

    /// <exception cref="InvalidDataException">Says in a sentence why the file cannot be served.</exception>
    public static ServedModel Load(string path)
    {
        if (!File.Exists(path))
            throw new InvalidDataException($"There is no model '{path}' here; train one with dotnet run -c Release --project samples/Mnist, or name one with --model.");
        ITransformer model = new MLContext().Model.LoadChecked(path, out _, ModelComponents.MLNet);   // refuses by the same exception

        ITransformer[] steps = [.. Steps(model)];
        int at = Array.FindIndex(steps, step => step is SpikingNetworkTransformer);
        if (at < 0) throw new InvalidDataException($"'{path}' holds no spiking network, but {string.Join(", ", steps.Select(step => step.GetType().Name))}.");
        if (at > 0) throw new InvalidDataException($"'{path}' prepares its input before the network ({steps[0].GetType().Name}), but pictures are shown to the network itself here; save a model that begins with it.");
        try
        {
            return new ServedModel((SpikingNetworkTransformer)steps[at]);
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"'{path}' cannot be served: {fault.Message}", fault);
        }
    }

    /// <param name="pixels">[height · width], 0 to 1.</param>
    /// <param name="detail">How much to tell.</param>
    public Prediction Predict(float[] pixels, Detail detail)
    {
        Verdict verdict;
        PredictionEngine<Picture, Verdict> engine = _engines.Get();
        try
        {
            verdict = engine.Predict(new Picture { Pixels = pixels });
        }
        finally
        {
            _engines.Return(engine);
        }

        SpikeRecording spikes = _recorder.Record(pixels);
        bool recognised = _usualRate is not { } rate || DigitCheck.Evidence(pixels, spikes, rate) >= DigitCheck.Threshold;
        return new Prediction(
            _classes[(int)verdict.Label - 1], recognised, [.. _classes.Zip(verdict.Score, (label, score) => new ClassScore(label, score))],
            spikes.Layers[^1].SpikeCount, spikes.Cost, detail == Detail.Spikes ? Recording.Of(spikes.Layers[^1], pixels) : null);
    }

    /// <summary>Height and width of the pictures; null where the network reads something else.</summary>
    private static (int Height, int Width)? Size(InputShape input) => input switch
    {
        { Steps: not null } => null,
        { Dimensions: [>= SmallestSide and var height, >= SmallestSide and var width] } => (height, width),
        { Dimensions: [1, >= SmallestSide and var height, >= SmallestSide and var width] } => (height, width),
        { Dimensions: [>= SmallestSide and var height, >= SmallestSide and var width, 1] } => (height, width),
        // As text files bring them: a row of numbers, of a square.
        { Dimensions: [var flat] } when (int)Math.Sqrt(flat) is >= SmallestSide and var side && side * side == flat => (side, side),
        _ => null,
    };

    private static IEnumerable<ITransformer> Steps(ITransformer model) => model is IEnumerable<ITransformer> chain ? chain.SelectMany(Steps) : [model];
}

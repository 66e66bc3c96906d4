using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Proof;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>An ONNX graph that was written from a network of ours, run by ONNX Runtime.</summary>
internal sealed class OnnxNetwork : IShownNetwork, IDisposable
{
    private const string Ending = ".output";

    private readonly string _path;
    private readonly InferenceSession _session;
    private readonly Func<string, string> _columnOf;
    private readonly string _input;

    /// <param name="path">The file.</param>
    /// <param name="session">It, loaded; the network's from now on.</param>
    /// <param name="columnOf">What a column of <see cref="ColumnNames"/> is called in it.</param>
    /// <exception cref="InvalidDataException">It does not read one column of rows.</exception>
    public OnnxNetwork(string path, InferenceSession session, Func<string, string> columnOf)
    {
        (_path, _session, _columnOf) = (path, session, columnOf);
        _input = session.InputMetadata.Count == 1 ? session.InputMetadata.Keys.First()
            : throw new InvalidDataException($"'{path}' reads {session.InputMetadata.Count} inputs ({string.Join(", ", session.InputMetadata.Keys)}), "
                + "but a spiking network reads one, its features.");
    }

    /// <summary>Loads a graph; what ONNX Runtime has to say goes into its exceptions alone.</summary>
    public static InferenceSession Load(byte[] graph)
    {
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        options.AddSessionConfigEntry("session.load_model_format", "ONNX");   // and never its own, which nobody has looked through
        return new InferenceSession(graph, options);
    }

    public void Dispose() => _session.Dispose();

    public GoldenAnswer Show(GoldenRow row)
    {
        NodeMetadata input = _session.InputMetadata[_input];
        int[] shape = [1, .. input.Dimensions.Skip(1)];
        long size = shape.Aggregate(1L, (product, d) => product * d);
        if (size != row.Input.Length) throw new InvalidDataException($"'{_path}' reads rows of {size} values, but a golden row has {row.Input.Length}.");
        NamedOnnxValue value = input.ElementType == typeof(bool)
            ? NamedOnnxValue.CreateFromTensor(_input, new DenseTensor<bool>(row.Input.Select(x => x != 0).ToArray(), shape))
            : NamedOnnxValue.CreateFromTensor(_input, new DenseTensor<float>(row.Input.ToArray(), shape));
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = _session.Run([value]);
        int? label = Found(nameof(ColumnNames.PredictedLabel)) switch
        {
            Tensor<uint> key => (int)key.ToArray()[0] - 1,   // it counts from 1
            Tensor<bool> answer => answer.ToArray()[0] ? 1 : 0,
            _ => null,
        };
        return new GoldenAnswer(null, Numbers(nameof(ColumnNames.SpikeRate)), label, Scores());

        // Of yes and no the graph has log-odds and the probability of yes.
        float[]? Scores() => Numbers(nameof(ColumnNames.Probability)) is [var yes] ? [1 - yes, yes] : Numbers(nameof(ColumnNames.Score));

        float[]? Numbers(string column) => (Found(column) as Tensor<float>)?.ToArray();

        object? Found(string column) => results.FirstOrDefault(result => result.Name == _columnOf(column) + Ending)?.Value;
    }
}

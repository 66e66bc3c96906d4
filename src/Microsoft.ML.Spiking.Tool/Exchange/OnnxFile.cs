using Google.Protobuf;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Files;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Onnx;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A trained network as an ONNX file, which carries its golden rows among its metadata.</summary>
internal static class OnnxFile
{
    // ModelProto.metadata_props of onnx.proto, and the two members of its entries.
    private const int Metadata = 14, Key = 1, Value = 2;

    private const string Golden = "Microsoft.ML.Spiking.Golden", Column = "Microsoft.ML.Spiking.Column.", Format = "an ONNX graph";

    private static readonly (string Role, Func<ColumnNames, string> Of)[] s_columns =
    [
        (nameof(ColumnNames.PredictedLabel), names => names.PredictedLabel), (nameof(ColumnNames.Score), names => names.Score),
        (nameof(ColumnNames.Probability), names => names.Probability), (nameof(ColumnNames.SpikeRate), names => names.SpikeRate),
    ];

    /// <summary>The same network, whose time steps are a loop in any case.</summary>
    public static SpikingNetworkTransformer InLoop(MLContext ml, SpikingNetworkTransformer network)
        => new(MLNet.Environment(ml.Model), network.Model, network.Outputs) { LoopsInOnnx = true };

    /// <summary>Whether a network's time steps are a loop, and not spelt out one after the other.</summary>
    public static bool IsLoop(SpikingNetworkTransformer network) => network.LoopsInOnnx || OnnxTime.IsLoop(network.Model.Steps);

    /// <summary>Writes a network by ML.NET's own converter.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="path">The file, which is there whole or not at all.</param>
    /// <param name="network">The network.</param>
    /// <param name="golden">What the file promises; null for nothing.</param>
    /// <exception cref="NotSupportedException">The network cannot be exactly such a graph.</exception>
    public static void Write(MLContext ml, string path, SpikingNetworkTransformer network, GoldenRows? golden) => WholeFile.Write(path, stream =>
    {
        ml.Model.ConvertToOnnx(network, new FeatureColumn(network).Empty(ml), stream);
        if (golden is null) return;
        Append(stream, Golden, golden.ToJson());
        // A column may be called anything; who compares has to know which is which.
        foreach (var (role, of) in s_columns) Append(stream, Column + role, of(network.Model.Names));
    });

    /// <exception cref="InvalidDataException">ONNX Runtime takes it for no graph, it is not all of it, or its golden rows are damaged.</exception>
    public static ForeignNetwork Open(string path)
    {
        InferenceSession session = ForeignFile.Read(path, Format, file =>
        {
            // What was looked through is what is loaded, and not what stands there a moment later.
            var graph = new byte[file.Length];
            file.ReadExactly(graph);
            OnnxParts.RequireWhole(graph);
            return OnnxNetwork.Load(graph);
        });
        try
        {
            Dictionary<string, string> texts = session.ModelMetadata.CustomMetadataMap;
            GoldenRows? golden = texts.TryGetValue(Golden, out string? json) ? GoldenRows.Parse(json) : null;
            return new ForeignNetwork.Shown(new OnnxNetwork(path, session, role => texts.GetValueOrDefault(Column + role, role)), golden);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    // A message of protocol buffers goes on where it ended: members that come behind it are its own.
    private static void Append(Stream stream, string key, string value)
    {
        var output = new CodedOutputStream(stream, leaveOpen: true);
        output.WriteTag(Metadata, WireFormat.WireType.LengthDelimited);
        output.WriteLength(2 * CodedOutputStream.ComputeTagSize(Key) + CodedOutputStream.ComputeStringSize(key) + CodedOutputStream.ComputeStringSize(value));
        output.WriteTag(Key, WireFormat.WireType.LengthDelimited);
        output.WriteString(key);
        output.WriteTag(Value, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
        output.Flush();
    }
}

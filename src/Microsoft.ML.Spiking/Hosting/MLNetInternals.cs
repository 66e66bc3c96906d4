using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Data.IO;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Transforms;

// The only file that uses what ML.NET keeps to itself; its list is in the project file, and build/OpenInternals.targets says how.
// Everything else, our other packages included, goes through the types below.

[assembly: IgnoresAccessChecksTo("Microsoft.ML.Core")]
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Data")]

// A model's entry names this assembly and a signature; ML.NET loads the one and looks the other up among these.
[assembly: LoadableClass(typeof(SpikingNetworkTransformer), typeof(SpikingNetworkLoader), null, typeof(SignatureLoadModel), "Spiking network",
    SpikingNetworkLoader.Signature)]
[assembly: LoadableClass(typeof(SpikingNetworkTransformer), typeof(SpikingNetworkBinaryLoader), null, typeof(SignatureLoadModel),
    "Spiking network of two classes", SpikingNetworkBinaryLoader.Signature)]
[assembly: LoadableClass(typeof(PoissonEncodingTransformer), typeof(PoissonEncodingLoader), null, typeof(SignatureLoadModel), "Poisson encoding",
    PoissonEncodingLoader.Signature)]
[assembly: LoadableClass(typeof(SpikingFeaturesTransformer), typeof(SpikingFeaturesLoader), null, typeof(SignatureLoadModel), "Spiking features",
    SpikingFeaturesLoader.Signature)]

namespace Microsoft.ML.Spiking;

/// <summary>How a spiking network is found in a model.zip.</summary>
internal static class SpikingNetworkLoader
{
    public const string Signature = "SpikingNetwork";

    // 0x00010001: the first format.
    public static VersionInfo Version { get; } = MLNet.Version("SPIKNETW", 0x00010001, Signature);

    public static SpikingNetworkTransformer Create(IHostEnvironment env, ModelLoadContext context)
        => MLNet.Load(env, context, Version, reader => SpikingNetworkTransformer.Load(env, reader, MulticlassOutputs.Load(reader)));
}

/// <summary>How a spiking network that answers yes or no is found in a model.zip.</summary>
internal static class SpikingNetworkBinaryLoader
{
    public const string Signature = "SpikingNetworkBinary";

    // 0x00010001: the first format.
    public static VersionInfo Version { get; } = MLNet.Version("SPIKBINA", 0x00010001, Signature);

    public static SpikingNetworkTransformer Create(IHostEnvironment env, ModelLoadContext context)
        => MLNet.Load(env, context, Version, reader => BinaryOutputs.Load(env, reader));
}

/// <summary>How a Poisson encoding is found in a model.zip.</summary>
internal static class PoissonEncodingLoader
{
    public const string Signature = "SpikingPoissonEncoding";

    // 0x00010001: the first format.
    public static VersionInfo Version { get; } = MLNet.Version("SPIKPOIS", 0x00010001, Signature);

    public static PoissonEncodingTransformer Create(IHostEnvironment env, ModelLoadContext context)
        => MLNet.Load(env, context, Version, reader => PoissonEncodingTransformer.Load(env, reader));
}

/// <summary>How spiking features are found in a model.zip.</summary>
internal static class SpikingFeaturesLoader
{
    public const string Signature = "SpikingFeatures";

    // 0x00010001: the first format.
    public static VersionInfo Version { get; } = MLNet.Version("SPIKFEAT", 0x00010001, Signature);

    public static SpikingFeaturesTransformer Create(IHostEnvironment env, ModelLoadContext context)
        => MLNet.Load(env, context, Version, reader => SpikingFeaturesTransformer.Load(env, reader));
}

// Permutation feature importance of a loaded, untyped model looks for this interface.
public sealed partial class SpikingNetworkTransformer : ISingleFeaturePredictionTransformer;

// ml.Model.ConvertToOnnx walks back through views of this interface. At one that cannot save itself as ONNX it refuses, as at a custom mapping's; a view that
// it does not know at all it takes for data that are given, and writes a graph without what the view computes.
internal sealed partial class AddedColumnsView : IDataTransform
{
    IDataView IDataTransform.Source => source;

    void ICanSaveModel.Save(ModelSaveContext ctx)
        => throw Trouble.Model.NotSupported("A view cannot be saved as a model; save the transformer that made it, with ml.Model.Save.");
}

/// <summary>ML.NET's internals under the names that we use.</summary>
internal static class MLNet
{
    public static IHostEnvironment Environment(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog)
        => CatalogUtils.GetEnvironment(catalog);

    public static IHostEnvironment Environment(BinaryClassificationCatalog.BinaryClassificationTrainers catalog) => CatalogUtils.GetEnvironment(catalog);

    public static IHostEnvironment Environment(TransformsCatalog catalog) => CatalogUtils.GetEnvironment(catalog);

    public static int? Seed(IHostEnvironment env) => ((IHostEnvironmentInternal)env).Seed;

    public static int? GpuDeviceId(IHostEnvironment env) => ((IHostEnvironmentInternal)env).GpuDeviceId;

    public static bool FallbackToCpu(IHostEnvironment env) => ((IHostEnvironmentInternal)env).FallbackToCpu;

    /// <exception cref="OperationCanceledException">The MLContext's work was cancelled.</exception>
    public static void CheckAlive(IHostEnvironment env) => env.CheckAlive();

    public static SchemaShape Shape(DataViewSchema schema) => SchemaShape.Create(schema);

    public static SchemaShape.Column? Find(SchemaShape shape, string name) => shape.TryFindColumn(name, out SchemaShape.Column column) ? column : null;

    public static SchemaShape.Column Column(string name, SchemaShape.Column.VectorKind kind, DataViewType item, SchemaShape? annotations = null)
        => new(name, kind, item, isKey: false, annotations);

    public static SchemaShape.Column Key(string name, SchemaShape? annotations = null)
        => new(name, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true, annotations);

    /// <summary>A column that is not there, in ML.NET's own words.</summary>
    public static Exception Missing(IHostEnvironment env, string role, string column) => env.ExceptSchemaMismatch("inputSchema", role, column);

    /// <summary>A column of the wrong type, in ML.NET's own words.</summary>
    public static Exception Mismatch(IHostEnvironment env, string role, string column, string expected, string found)
        => env.ExceptSchemaMismatch("inputSchema", role, column, expected, found);

    public static string TypeOf(SchemaShape.Column column) => column.GetTypeString();

    /// <param name="signature">Eight characters.</param>
    /// <param name="format">What is written now; also the oldest reader that can read it and the oldest format that is still read.</param>
    /// <param name="loader">The name that the loader is registered by.</param>
    public static VersionInfo Version(string signature, uint format, string loader)
        => new(signature, verWrittenCur: format, verReadableCur: format, verWeCanReadBack: 0x00010001, loaderAssemblyName: typeof(MLNet).Assembly.FullName,
            loaderSignature: loader);

    public static void Save(ModelSaveContext context, VersionInfo version, Action<ModelWriter> save)
    {
        context.CheckAtModel();
        context.SetVersionInfo(version);
        save(new ModelWriter(context));
    }

    /// <remarks>What is thrown is marked as ML.NET's own, so that a user sees InvalidOperationException with our sentence inside.</remarks>
    public static T Load<T>(IHostEnvironment env, ModelLoadContext context, VersionInfo version, Func<ModelReader, T> load)
    {
        context.CheckAtModel(version);
        try
        {
            return load(new ModelReader(env, context));
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or IOException or System.Text.Json.JsonException
            or ArgumentException or OverflowException)
        {
            throw env.ExceptDecode(damage, damage.Message);
        }
    }

    /// <summary>Writes a vector of any primitive type.</summary>
    public static void Write<T>(IHostEnvironment env, BinaryWriter writer, VectorDataViewType type, VBuffer<T> values)
    {
        writer.Flush();
        if (!new BinarySaver(env, new BinarySaver.Arguments { Silent = true }).TryWriteTypeAndValue(writer.BaseStream, type, ref values, out _))
            throw env.Process(Trouble.Labels.NotSupported(
                $"The label's key values are of type {type.ItemType}, which ML.NET cannot store; map the label from text or numbers."));
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static (VectorDataViewType Type, object Values) Read(IHostEnvironment env, BinaryReader reader)
        => new BinarySaver(env, new BinarySaver.Arguments { Silent = true }).TryLoadTypeAndValue(reader.BaseStream, out DataViewType type, out object values)
            && type is VectorDataViewType vector
            ? (vector, values)
            : throw Trouble.Model.InvalidData("The label's key values in the model cannot be read.");
}

/// <summary>A transformer's part of a model.zip, being written.</summary>
internal sealed class ModelWriter(ModelSaveContext context)
{
    /// <summary>Model.key, the entry whose format never changes; what comes later goes into entries of its own.</summary>
    public BinaryWriter Key => context.Writer;

    /// <summary>Writes an entry beside Model.key.</summary>
    public void Entry(string name, Action<Stream> write) => context.SaveBinaryStream(name, writer =>
    {
        writer.Flush();
        write(writer.BaseStream);
    });
}

/// <summary>A transformer's part of a model.zip, being read.</summary>
internal sealed class ModelReader(IHostEnvironment env, ModelLoadContext context)
{
    public IHostEnvironment Environment => env;

    /// <summary>Model.key, which must be read to its last byte.</summary>
    public BinaryReader Key => context.Reader;

    /// <summary>Whether there is such an entry.</summary>
    public bool Has(string name) => context.TryLoadBinaryStream(name, _ => { });

    /// <summary>Reads an entry; whatever is wrong with it, its name comes into the message.</summary>
    /// <exception cref="InvalidDataException">The entry is absent or damaged.</exception>
    public T Entry<T>(string name, Func<Stream, T> read)
    {
        T result = default!;
        bool there;
        try
        {
            there = context.TryLoadBinaryStream(name, reader => result = read(reader.BaseStream));
        }
        catch (Exception damage) when (damage is IOException or InvalidDataException or System.Text.Json.JsonException or ArgumentException
            or InvalidOperationException or FormatException or NotSupportedException or OverflowException)
        {
            throw Trouble.Model.InvalidData($"The model's entry '{name}' is damaged: {damage.Message}", damage);
        }
        return there
            ? result
            : throw Trouble.Model.InvalidData(
                $"The model is damaged: it has no entry '{name}'; it was not saved to its end, or something took it out.");
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
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
[assembly: LoadableClass(typeof(WinnerTakeAllTransformer), typeof(WinnerTakeAllLoader), null, typeof(SignatureLoadModel), "Winner-take-all layer",
    WinnerTakeAllLoader.Signature)]
[assembly: LoadableClass(typeof(WinnerTakeAllFeaturesTransformer), typeof(WinnerTakeAllFeaturesLoader), null, typeof(SignatureLoadModel),
    "Winner-take-all features", WinnerTakeAllFeaturesLoader.Signature)]

namespace Microsoft.ML.Spiking;

/// <summary>How a spiking network is found in a model.zip.</summary>
internal static class SpikingNetworkLoader
{
    public const string Signature = "SpikingNetwork";

    // 0x00010002: the first release's, in which every entry has a digest; 0x00010001, before it, had none.
    public static VersionInfo Version { get; } = MLNet.Version("SPIKNETW", MLNet.Format, Signature);

    public static SpikingNetworkTransformer Create(IHostEnvironment env, ModelLoadContext context)
        => MLNet.Load(env, context, Version, reader => MulticlassOutputs.Load(env, reader));
}

/// <summary>How a spiking network that answers yes or no is found in a model.zip.</summary>
internal static class SpikingNetworkBinaryLoader
{
    public const string Signature = "SpikingNetworkBinary";

    // 0x00010002: the first release's, in which every entry has a digest; 0x00010001, before it, had none.
    public static VersionInfo Version { get; } = MLNet.Version("SPIKBINA", MLNet.Format, Signature);

    public static SpikingNetworkTransformer Create(IHostEnvironment env, ModelLoadContext context)
        => MLNet.Load(env, context, Version, reader => BinaryOutputs.Load(env, reader));
}

/// <summary>How a Poisson encoding is found in a model.zip.</summary>
internal static class PoissonEncodingLoader
{
    public const string Signature = "SpikingPoissonEncoding";

    // 0x00010002: the first release's, in which every entry has a digest; 0x00010001, before it, had none.
    public static VersionInfo Version { get; } = MLNet.Version("SPIKPOIS", MLNet.Format, Signature);

    public static PoissonEncodingTransformer Create(IHostEnvironment env, ModelLoadContext context)
        => MLNet.Load(env, context, Version, reader => PoissonEncodingTransformer.Load(env, reader));
}

/// <summary>How spiking features are found in a model.zip.</summary>
internal static class SpikingFeaturesLoader
{
    public const string Signature = "SpikingFeatures";

    // 0x00010002: the first release's, in which every entry has a digest; 0x00010001, before it, had none.
    public static VersionInfo Version { get; } = MLNet.Version("SPIKFEAT", MLNet.Format, Signature);

    public static SpikingFeaturesTransformer Create(IHostEnvironment env, ModelLoadContext context)
        => MLNet.Load(env, context, Version, reader => SpikingFeaturesTransformer.Load(env, reader));
}

/// <summary>How a winner-take-all layer is found in a model.zip.</summary>
internal static class WinnerTakeAllLoader
{
    public const string Signature = "SpikingWinnerTakeAll";

    public static VersionInfo Version { get; } = MLNet.Version("SPIKWTAL", MLNet.Format, Signature);

    public static WinnerTakeAllTransformer Create(IHostEnvironment env, ModelLoadContext context)
        => MLNet.Load(env, context, Version, reader => WinnerTakeAllTransformer.Load(env, reader));
}

/// <summary>How winner-take-all features are found in a model.zip.</summary>
internal static class WinnerTakeAllFeaturesLoader
{
    public const string Signature = "SpikingWinnerFeatures";

    public static VersionInfo Version { get; } = MLNet.Version("SPIKWTAF", MLNet.Format, Signature);

    public static WinnerTakeAllFeaturesTransformer Create(IHostEnvironment env, ModelLoadContext context)
        => MLNet.Load(env, context, Version, reader => WinnerTakeAllFeaturesTransformer.Load(env, reader));
}

// Permutation feature importance of a loaded, untyped model looks for this interface.
public sealed partial class SpikingNetworkTransformer : ISingleFeaturePredictionTransformer;

// ml.Model.ConvertToOnnx walks back through views of this interface. One that cannot be exported says why when it is asked to; a view that ML.NET does not
// know at all it would take for data that are given, and write a graph without what the view computes.
internal sealed partial class AddedColumnsView : ITransformCanSaveOnnx
{
    IDataView IDataTransform.Source => source;

    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => true;

    void ISaveAsOnnx.SaveAsOnnx(OnnxContext ctx) => columns.SaveOnnx(new OnnxGraph(ctx));

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

    public static IHostEnvironment Environment(ModelOperationsCatalog catalog) => CatalogUtils.GetEnvironment(catalog);

    public static IHostEnvironment Environment(DataOperationsCatalog catalog) => CatalogUtils.GetEnvironment(catalog);

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

    /// <summary>The format that is written, and the only one that is read: of what would be added to it later, an old reader must know nothing.</summary>
    public const uint Format = 0x00010002;

    /// <param name="signature">Eight characters.</param>
    /// <param name="format">What is written now; also the oldest reader that can read it and the oldest format that is still read.</param>
    /// <param name="loader">The name that the loader is registered by.</param>
    public static VersionInfo Version(string signature, uint format, string loader)
        => new(signature, verWrittenCur: format, verReadableCur: format, verWeCanReadBack: Format, loaderAssemblyName: typeof(MLNet).Assembly.FullName,
            loaderSignature: loader);

    public static void Save(ModelSaveContext context, VersionInfo version, Action<ModelWriter> save)
    {
        context.CheckAtModel();
        context.SetVersionInfo(version);
        using var writer = new ModelWriter(context);
        save(writer);
        writer.Finish();
    }

    /// <remarks>
    /// What is thrown is marked as ML.NET's own, so that a user of ml.Model.Load sees InvalidOperationException, and inside it InvalidDataException with our
    /// sentence. ml.Model.LoadChecked takes it out.
    /// </remarks>
    public static T Load<T>(IHostEnvironment env, ModelLoadContext context, VersionInfo version, Func<ModelReader, T> load)
    {
        try
        {
            CheckVersion(context.Header, version);
            var reader = new ModelReader(env, context);
            T loaded = load(reader);
            if (reader.Key.Left > 0) throw Trouble.Model.InvalidData($"The model's entry 'Model.key' is damaged: it has {reader.Key.Left} bytes too many.");
            return loaded;
        }
        catch (InvalidDataException damage)
        {
            throw env.Process(Trouble.Model.Is(damage) ? damage : Trouble.Model.InvalidData($"The model is damaged: {damage.Message}", damage));
        }
    }

    private static void CheckVersion(ModelHeader header, VersionInfo version)
    {
        if (header.ModelSignature != version.ModelSignature)
            throw Trouble.Model.InvalidData($"The model's entry 'Model.key' is damaged: it is none of {version.LoaderSignature}.");
        if (header.ModelVerReadable > version.VerWrittenCur)
            throw Trouble.Model.InvalidData(
                $"The model is of format {Said(header.ModelVerReadable)}, but this version reads format {Said(version.VerWrittenCur)}; update the package "
                + "Microsoft.ML.Spiking.");
        if (header.ModelVerWritten < version.VerWeCanReadBack)
            throw Trouble.Model.InvalidData(
                $"The model is of format {Said(header.ModelVerWritten)}, from before the first release, but this version reads format "
                    + $"{Said(version.VerWrittenCur)}; train it anew, or load it with the version that saved it.");
    }

    private static string Said(uint format) => string.Create(CultureInfo.InvariantCulture, $"{format >> 16}.{format & 0xFFFF}");
}

/// <summary>A transformer's part of a model.zip, being written.</summary>
internal sealed class ModelWriter(ModelSaveContext context) : IDisposable
{
    private readonly EntryDigests _digests = new();

    /// <summary>What goes into Model.key; what may ever change goes into entries of its own.</summary>
    public BinaryWriter Key { get; } = new(new MemoryStream());

    public void Dispose() => Key.Dispose();

    /// <summary>Writes an entry beside Model.key.</summary>
    public void Entry(string name, Action<Stream> write) => context.SaveBinaryStream(name, writer =>
    {
        writer.Flush();
        using var digesting = new DigestingStream(writer.BaseStream);
        write(digesting);
        _digests.Add(name, digesting.Digest());
    });

    /// <summary>Writes Model.key, and the digests of all.</summary>
    public void Finish()
    {
        Key.Flush();
        byte[] key = ((MemoryStream)Key.BaseStream).ToArray();
        context.Writer.Write(key);
        _digests.Add(ModelReader.KeyName, SHA256.HashData(key));
        context.SaveBinaryStream(EntryDigests.Name, writer =>
        {
            writer.Flush();
            _digests.Write(writer.BaseStream);
        });
    }
}

/// <summary>A transformer's part of a model.zip, being read. What is not as it was written is refused by the name of its entry.</summary>
internal sealed class ModelReader : IModelEntries
{
    /// <summary>ML.NET's entry; its digest is of what we put into it, after ML.NET's header of 256 bytes.</summary>
    public const string KeyName = "Model.key";

    private readonly ModelLoadContext _context;
    private readonly EntryDigests _digests;

    /// <exception cref="InvalidDataException">The digests are absent or damaged, or Model.key is.</exception>
    public ModelReader(IHostEnvironment env, ModelLoadContext context)
    {
        (Environment, _context) = (env, context);
        _digests = Open(EntryDigests.Name, EntryDigests.Read);
        long length = context.Header.CbModel;   // within the entry: ML.NET has looked
        byte[] key = context.Reader.ReadBytes((int)Math.Min(length, int.MaxValue));
        Named(KeyName, () => _digests.Check(KeyName, SHA256.HashData(key)));
        Key = new SpanReader(key);
    }

    public IHostEnvironment Environment { get; }

    /// <summary>What stands in Model.key.</summary>
    public SpanReader Key { get; }

    /// <inheritdoc/>
    public bool Has(string name) => _digests.Has(name);

    /// <inheritdoc/>
    public T Entry<T>(string name, long most, Func<Stream, T> read) => Open(name, stream =>
    {
        if (stream.Length > most) throw new InvalidDataException($"it has {stream.Length} bytes, but no more than {most} are read of such an entry.");
        _digests.Check(name, SHA256.HashData(stream));
        stream.Position = 0;
        return read(stream);
    });

    /// <summary>Reads Model.key.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public T OfKey<T>(Func<SpanReader, T> read)
    {
        T result = default!;
        Named(KeyName, () => result = read(Key));
        return result;
    }

    private T Open<T>(string name, Func<Stream, T> read)
    {
        T result = default!;
        bool there = false;
        Named(name, () => there = _context.TryLoadBinaryStream(name, reader => result = read(reader.BaseStream)));
        return there
            ? result
            : throw Trouble.Model.InvalidData(
                $"The model is damaged: it has no entry '{name}'; it was not saved to its end, or something took it out.");
    }

    private static void Named(string name, Action read)
    {
        try
        {
            read();
        }
        catch (InvalidDataException damage) when (!Trouble.Model.Is(damage))
        {
            throw Trouble.Model.InvalidData($"The model's entry '{name}' is damaged: {damage.Message}", damage);
        }
    }
}

/// <summary>An ONNX graph of ML.NET's, being written.</summary>
internal sealed class OnnxGraph
{
    // Clip by numbers that are inputs, Equal of floats, Round and ScatterElements.
    private const int LeastOpset = 11;

    private readonly OnnxContext _context;
    private OnnxBody? _body;   // of the loop that is being written; null outside of one

    public OnnxGraph(OnnxContext context)
    {
        context.CheckOpSetVersion(LeastOpset, "Spiking");
        _context = context;
    }

    /// <summary>A column of the data.</summary>
    public OnnxTensor Column(string name) => new(this, _context.GetVariableName(name));

    /// <summary>Makes a tensor a column of the data.</summary>
    /// <param name="name">The column's, which hides namesakes.</param>
    /// <param name="type">The column's.</param>
    /// <param name="value">[row, ...].</param>
    public void Add(string name, DataViewType type, OnnxTensor value)
        => _context.CreateNode("Identity", value.Name, _context.AddIntermediateVariable(type, name), _context.GetNodeName("Identity"), "");

    /// <summary>A number that stays.</summary>
    public OnnxTensor Constant(float value) => new(this, _context.AddInitializer(value, "constant"));

    /// <summary>Numbers that stay.</summary>
    public OnnxTensor Constant(IEnumerable<float> values, params long[] shape) => new(this, _context.AddInitializer(values, shape, "constant"));

    /// <summary>Whole numbers that stay: shapes, places.</summary>
    public OnnxTensor Whole(params long[] values) => new(this, _context.AddInitializer(values, [values.Length], "whole"));

    /// <summary>A matrix that stays, its rows turned into columns.</summary>
    public OnnxTensor Transposed(ReadOnlySpan<float> matrix, int rows, int columns)
    {
        var turned = new float[matrix.Length];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++) turned[column * rows + row] = matrix[row * columns + column];
        return Constant(turned, columns, rows);
    }

    /// <summary>A place along an axis.</summary>
    public OnnxTensor Place(long value) => new(this, _context.AddInitializer(value, "place"));

    /// <summary>What an operator makes of its inputs.</summary>
    public OnnxTensor Node(string operation, OnnxTensor[] inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        OnnxTensor result = Variable(operation);
        Write(operation, inputs, [result], attributes);
        return result;
    }

    /// <summary>The two things that an operator makes of its inputs. ML.NET keeps the second only where the first is used too.</summary>
    public (OnnxTensor First, OnnxTensor Second) Pair(string operation, params OnnxTensor[] inputs)
    {
        OnnxTensor first = Variable(operation), second = Variable(operation);
        Write(operation, inputs, [first, second], []);
        return (first, second);
    }

    /// <summary>Time steps as a loop, ONNX's Scan.</summary>
    /// <param name="steps">How many.</param>
    /// <param name="state">What the first finds, [row, ...] each.</param>
    /// <param name="shown">What is shown, [row, step, ...] each.</param>
    /// <param name="step">What each does. It is asked once, and may use what stands outside.</param>
    /// <returns>What they give, [row, step, ...].</returns>
    /// <exception cref="NotSupportedException">ML.NET's converter takes no loop.</exception>
    public OnnxTensor Scan(int steps, OnnxTensor[] state, OnnxTensor[] shown, OnnxStep step)
    {
        string name = _context.GetNodeName("Scan");
        // A Scan learns how many steps there are from what is shown in them: without anything, it is shown numbers that nobody reads.
        OnnxTensor[] counted = shown.Length > 0 ? shown : [Constant(new float[steps], 1, steps)];
        OnnxTensor[] before = [.. state.Select(_ => Variable("state"))], now = [.. counted.Select(_ => Variable("shown"))];
        var body = new OnnxBody(name);
        foreach (OnnxTensor input in (OnnxTensor[])[.. before, .. now]) body.AddInput(input.Name);
        _body = body;
        var (left, gives) = step(before, now[..shown.Length]);
        // Each output has a name of its own, though it be the same tensor.
        foreach (OnnxTensor output in (OnnxTensor[])[.. left, gives]) body.AddOutput(Node("Identity", [output]).Name);
        _body = null;
        OnnxTensor[] last = [.. state.Select(_ => Variable("state"))];
        OnnxTensor all = Variable("Scan");
        OnnxNode scan = _context.CreateNode("Scan", Names([.. state, .. counted]), Names([.. last, all]), name, "");
        scan.AddAttribute("num_scan_inputs", (long)counted.Length);
        scan.AddAttribute("scan_input_axes", Enumerable.Repeat(1L, counted.Length));
        scan.AddAttribute("scan_output_axes", (long[])[1]);
        body.AddTo(scan);
        return all;
    }

    private void Write(string operation, OnnxTensor[] inputs, OnnxTensor[] outputs, ReadOnlySpan<(string Name, object Value)> attributes)
    {
        if (_body is not null)
        {
            _body.Add(operation, Names(inputs), Names(outputs), attributes);
            return;
        }
        OnnxNode node = _context.CreateNode(operation, Names(inputs), Names(outputs), _context.GetNodeName(operation), "");
        foreach (var (attribute, value) in attributes)
        {
            if (value is long[] whole) node.AddAttribute(attribute, whole);
            else if (value is Type type) node.AddAttribute(attribute, type);
            else node.AddAttribute(attribute, (long)value);
        }
    }

    private static string[] Names(OnnxTensor[] tensors) => [.. tensors.Select(tensor => tensor.Name)];

    private OnnxTensor Variable(string name) => new(this, _context.AddIntermediateVariable(null, name, skip: true));
}

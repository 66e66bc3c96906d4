using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A file in another program's format.</summary>
/// <param name="Path">Where it is, or will be.</param>
/// <param name="Format">What it is.</param>
internal sealed record ExchangeTarget(string Path, ExchangeFormat Format)
{
    private static readonly (string Ending, ExchangeFormat Format)[] s_endings =
    [
        (".onnx", ExchangeFormat.Onnx), (".nir", ExchangeFormat.Nir), (".pth", ExchangeFormat.PyTorch), (".pt", ExchangeFormat.PyTorch),
        (".safetensors", ExchangeFormat.Safetensors),
    ];

    /// <summary>The formats, as a user types them.</summary>
    public static string Words => string.Join(", ", Enum.GetNames<ExchangeFormat>().Select(name => name.ToLowerInvariant()));

    /// <param name="path">The file.</param>
    /// <param name="format">What was asked for; null to go by the ending.</param>
    /// <param name="option">The option, or argument, that names the file.</param>
    /// <exception cref="Failure">The ending tells no format.</exception>
    public static ExchangeTarget Of(string path, ExchangeFormat? format, string option)
    {
        if (format is { } given) return new(path, given);
        string ending = System.IO.Path.GetExtension(path);
        foreach (var known in s_endings)
            if (string.Equals(known.Ending, ending, StringComparison.OrdinalIgnoreCase)) return new(path, known.Format);
        throw Failure.Usage($"{option} is '{path}', whose ending tells no format.",
            $"end it in {string.Join(" or ", s_endings.Select(known => known.Ending))}, or say --format {Words.Replace(", ", "|", StringComparison.Ordinal)}.");
    }

    /// <exception cref="Failure">There is no such file.</exception>
    public void RequireFile()
    {
        if (Directory.Exists(Path)) throw Failure.Input($"'{Path}' is a folder, but a file is to be read.", "name the file itself.");
        if (!File.Exists(Path)) throw Failure.Input($"'{Path}' does not exist.", "check the path, or make one with 'spiking export'.");
    }

    /// <summary>Reads a network of ours.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="nir">What a NIR file does not say of it.</param>
    /// <param name="pyTorch">What a checkpoint of PyTorch's does not say.</param>
    /// <param name="golden">What the file promises; null where it promises nothing.</param>
    /// <exception cref="Failure">No network comes out of files of the format, or the file does not exist.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public SpikingNetworkTransformer Read(MLContext ml, NirNetworkOptions nir, PyTorchOptions pyTorch, out GoldenRows? golden)
    {
        RequireFile();
        switch (Format)
        {
            case ExchangeFormat.Safetensors:
                golden = SafetensorsFile.ReadGolden(Path);
                return ml.Model.LoadFromSafetensors(Path);
            case ExchangeFormat.PyTorch:
                golden = PyTorchFile.ReadGolden(Path);
                return ml.Model.LoadFromPyTorch(Path, pyTorch);
            case ExchangeFormat.Nir:
                golden = NirFile.Read(Path).Golden();
                return ml.Model.LoadFromNir(Path, nir) as SpikingNetworkTransformer
                    ?? throw Failure.Input($"'{Path}' ends in spikes and names no class, and so is no model that answers.",
                        "export a network with a linear readout and without modulation, or load the rates in code by ml.Model.LoadFromNir.");
            default:
                throw Failure.Usage($"'{Path}' is of {Format.ToString().ToUpperInvariant()}, a graph of operators, of which no spiking network can be made.",
                    "import a .nir, .pth or .safetensors file; 'spiking verify' runs a graph as it is.");
        }
    }

    /// <summary>Writes a network, and runs what was written before it gets its name.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="network">The network.</param>
    /// <param name="golden">What the file promises; null for nothing.</param>
    /// <param name="timeStep">What a time step is in seconds, of NIR.</param>
    /// <param name="say">Told of what the format cannot hold.</param>
    /// <param name="option">The option that names the file.</param>
    /// <param name="cancel">Ends it; nothing is left then.</param>
    /// <returns>What its own run makes of the promise; null where there is none. Where it is broken, nothing was written.</returns>
    public GoldenResult? Write(
        MLContext ml, SpikingNetworkTransformer network, GoldenRows? golden, double timeStep, Action<string> say, string option, CancellationToken cancel)
    {
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;
        string begun = System.IO.Path.Combine(folder, $".{System.IO.Path.GetRandomFileName()}");
        // Whoever asks for the end does not wait until many rows have been shown; the process is gone before what is finally done.
        using CancellationTokenRegistration tidy = cancel.Register(() => WholeFile.Delete(begun));
        try
        {
            WrittenFile.Guard(Path, option, () => Write(ml, begun, network, golden, timeStep, say));
            cancel.ThrowIfCancellationRequested();
            GoldenResult? result = null;
            if (golden is not null)
            {
                using ForeignNetwork written = ForeignNetwork.Open(this with { Path = begun }, timeStep);
                result = written.Check();
            }
            cancel.ThrowIfCancellationRequested();
            if (result is not { IsKept: false }) WrittenFile.Guard(Path, option, () => File.Move(begun, Path, overwrite: true));
            return result;
        }
        catch when (cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancel);
        }
        finally
        {
            WholeFile.Delete(begun);
        }
    }

    private void Write(MLContext ml, string path, SpikingNetworkTransformer network, GoldenRows? golden, double timeStep, Action<string> say)
    {
        switch (Format)
        {
            case ExchangeFormat.Onnx: OnnxFile.Write(ml, path, network, golden); break;
            case ExchangeFormat.Nir:
                NirExport export = network.Model.ToNir(timeStep, network.ClassNames);
                foreach (string part in export.LeftOut) say($"Not in the file: {part}");
                foreach (string part in export.Warnings) say(part);
                NirFile.Write(path, golden is null ? export.Graph : export.Graph.WithGolden(network.Model, golden));
                break;
            case ExchangeFormat.PyTorch: PyTorchFile.Write(network, path, golden); break;
            case ExchangeFormat.Safetensors: SafetensorsFile.Write(network, path, golden); break;
            default: throw new NotSupportedException($"{Format} is not written.");
        }
    }
}

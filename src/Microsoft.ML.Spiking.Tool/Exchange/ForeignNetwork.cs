using Microsoft.ML.Spiking.Proof;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A file of another program's format, which is run by that format's own rules.</summary>
/// <param name="Golden">What it promises; null where it promises nothing.</param>
internal abstract record ForeignNetwork(GoldenRows? Golden) : IDisposable
{
    /// <param name="target">The file.</param>
    /// <param name="timeStep">What a time step is in seconds, of NIR, whose files do not say it.</param>
    /// <exception cref="InvalidDataException">It is no such file, or is damaged.</exception>
    public static ForeignNetwork Open(ExchangeTarget target, double timeStep) => target.Format switch
    {
        ExchangeFormat.Onnx => OnnxFile.Open(target.Path),
        ExchangeFormat.Nir => new Graph(NirFile.Read(target.Path), timeStep),
        ExchangeFormat.PyTorch => new Shown(new TrainedNetwork(PyTorchFile.Read(target.Path)), PyTorchFile.ReadGolden(target.Path)),
        ExchangeFormat.Safetensors => new Shown(new TrainedNetwork(SafetensorsFile.Read(target.Path)), SafetensorsFile.ReadGolden(target.Path)),
        _ => throw new NotSupportedException($"{target.Format} is not run."),
    };

    /// <summary>Runs the rows that it carries; null where it carries none.</summary>
    public abstract GoldenResult? Check();

    /// <summary>Runs other rows, of the network that it was made of.</summary>
    public abstract GoldenResult Check(GoldenRows rows, SpikingModel model);

    public abstract void Dispose();

    /// <summary>One that reads rows as the network does.</summary>
    internal sealed record Shown(IShownNetwork Network, GoldenRows? Golden) : ForeignNetwork(Golden)
    {
        public override GoldenResult? Check() => Golden?.Check(Network);

        public override GoldenResult Check(GoldenRows rows, SpikingModel model) => rows.Check(Network);

        public override void Dispose() => (Network as IDisposable)?.Dispose();
    }

    /// <summary>One that reads what the code makes of rows.</summary>
    private sealed record Graph(NirGraph Nodes, double TimeStep) : ForeignNetwork(Nodes.Golden())
    {
        public override GoldenResult? Check() => Nodes.CheckGolden(TimeStep);

        public override GoldenResult Check(GoldenRows rows, SpikingModel model) => Nodes.CheckGolden(TimeStep, rows, model);

        public override void Dispose() { }
    }
}

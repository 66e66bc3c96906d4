namespace Microsoft.ML.Spiking.Engines;

/// <summary>What the library Microsoft.ML.Spiking.TorchSharp brings: training on libtorch.</summary>
/// <remarks>An application that trains on the CPU does without that library. It is found by its name where it lies beside this one.</remarks>
internal abstract class TorchLibrary
{
    /// <summary>The library's assembly, and the package's name.</summary>
    public const string Name = "Microsoft.ML.Spiking.TorchSharp";

    private static readonly Lazy<TorchLibrary?> s_found = new(()
        => Type.GetType($"Microsoft.ML.Spiking.Torch.LoadedTorchLibrary, {Name}") is { } type ? (TorchLibrary)Activator.CreateInstance(type)! : null);

    /// <summary>The library; null where the application does not have it.</summary>
    public static TorchLibrary? Found => s_found.Value;

    /// <summary>CUDA GPUs that libtorch finds, once it is loaded.</summary>
    public abstract int Gpus { get; }

    /// <summary>Whether the libtorch that is loaded is CUDA's.</summary>
    public abstract bool IsCuda { get; }

    /// <summary>Loads libtorch.</summary>
    /// <exception cref="InvalidOperationException">It cannot be loaded; the message says why and what to do.</exception>
    public abstract void Load();

    /// <summary>Begins a training.</summary>
    /// <param name="setup">What it begins with.</param>
    /// <param name="gpu">Which GPU, from 0; null for the CPU.</param>
    public abstract NetworkTraining Begin(TrainingSetup setup, int? gpu);
}

using Microsoft.ML.Spiking.Fuzz.Targets;

namespace Microsoft.ML.Spiking.Fuzz;

/// <summary>All kinds of files that are fuzzed.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<IFuzzTarget> All { get; } =
    [
        new ModelTarget(), new CheckpointTarget(), new IdxTarget(), new SafetensorsTarget(), new PyTorchTarget(), new NirTarget(),
        new EventFolderTarget(), new EventTableTarget(), new EventHdf5Target(), new EventAedatTarget(),
    ];

    public static IFuzzTarget Of(string name)
        => All.SingleOrDefault(target => target.Name == name)
            ?? throw new ArgumentException($"There is no target '{name}'; there are {string.Join(", ", All.Select(target => target.Name))}.", nameof(name));
}

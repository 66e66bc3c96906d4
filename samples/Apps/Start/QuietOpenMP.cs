using System.Runtime.CompilerServices;

namespace Microsoft.ML.Spiking.Applications;

/// <summary>Before an app's first line: on few cores, libtorch's waiting threads would take half of the time.</summary>
internal static class QuietOpenMP
{
    [ModuleInitializer]
    internal static void Start() => OpenMP.StopSpinning();
}

using Microsoft.ML.Spiking.Fused;

namespace Microsoft.ML.Spiking.SecondDevice;

/// <summary>The fused kernels in managed code, each launch of which is counted.</summary>
internal sealed class CountedKernels : ManagedKernels
{
    protected override void Launch(string kernel, int lanes, KernelArgument[] arguments)
    {
        OperationCounter.Launched(kernel);
        base.Launch(kernel, lanes, arguments);
    }
}

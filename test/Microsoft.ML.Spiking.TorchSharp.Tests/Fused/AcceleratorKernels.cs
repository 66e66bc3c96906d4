using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using Microsoft.ML.Spiking.Ptx;

namespace Microsoft.ML.Spiking.Tests.Fused;

/// <summary>The kernels as ILGPU compiles them, on its CPU accelerator: the same intermediate code that it makes PTX of.</summary>
internal sealed unsafe class AcceleratorKernels : FusedKernels
{
    private readonly Context _context = Context.Create(builder => builder.CPU().Optimize(OptimizationLevel.O2).Math(MathMode.Default));
    private readonly Accelerator _accelerator;

    public AcceleratorKernels() => _accelerator = _context.GetPreferredDevice(preferCPU: true).CreateAccelerator(_context);

    public override void Dispose()
    {
        _accelerator.Dispose();
        _context.Dispose();
    }

    protected override void Launch(string kernel, int lanes, KernelArgument[] arguments)
    {
        int I(int i) => (int)arguments[i].Bits;
        float F(int i) => BitConverter.Int32BitsToSingle(I(i));
        MemoryBuffer1D<float, Stride1D.Dense>[] buffers = [.. arguments.Where(argument => argument.Kind == KernelArgumentKind.Numbers).Select(Copied)];
        ArrayView<float> a = buffers[0].View, b = buffers[1].View;
        switch (kernel)
        {
            case Neurons:
                _accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView<float>, ArrayView<float>, ArrayView<float>, int, int, int>(GpuKernels.Neurons)(lanes, a, b, buffers[2].View, I(3), I(4), I(5));
                break;
            case NeuronsBack:
                _accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView<float>, ArrayView<float>, ArrayView<float>, int, int, int, int, float, float>(GpuKernels.NeuronsBack)(
                    lanes, a, b, buffers[2].View, I(3), I(4), I(5), I(6), F(7), F(8));
                break;
            default:
                _accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView<float>, ArrayView<float>, int, int, ulong>(GpuKernels.Spikes)(lanes, a, b, I(2), I(3), (ulong)arguments[4].Bits);
                break;
        }
        _accelerator.Synchronize();
        for (int i = 0; i < buffers.Length; i++)
        {
            buffers[i].GetAsArray1D().CopyTo(Memory(arguments[i]));
            buffers[i].Dispose();
        }
    }

    private MemoryBuffer1D<float, Stride1D.Dense> Copied(KernelArgument argument) => _accelerator.Allocate1D(Memory(argument).ToArray());

    private static Span<float> Memory(KernelArgument argument) => new((void*)argument.Bits, (int)argument.Length);
}

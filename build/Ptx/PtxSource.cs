using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Microsoft.ML.Spiking.Ptx;

/// <summary>The kernels as PTX, of which a driver makes code for its own GPU.</summary>
public static partial class PtxSource
{
    /// <summary>The oldest GPUs that it is for; a driver compiles it for younger ones.</summary>
    private static readonly CudaArchitecture s_architecture = CudaArchitecture.SM_60;

    /// <summary>All kernels in one module.</summary>
    public static string Make()
    {
        using Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2).Math(MathMode.Default));
        using var backend = new PTXBackend(context, new CudaCapabilityContext(s_architecture), s_architecture, CudaInstructionSet.ISA_60, null);
        var text = new StringBuilder();
        foreach (string name in (string[])[nameof(GpuKernels.Neurons), nameof(GpuKernels.NeuronsBack), nameof(GpuKernels.Spikes)])
        {
            MethodInfo method = typeof(GpuKernels).GetMethod(name)!;
            var compiled = (PTXCompiledKernel)backend.Compile(EntryPointDescription.FromImplicitlyGroupedKernel(method), new KernelSpecialization());
            string rounded = Divergent(Rounded(compiled.PTXAssembly.ReplaceLineEndings("\n")));
            string kernel = Named(rounded.Replace(compiled.Name, name, StringComparison.Ordinal), name);
            text.Append(text.Length == 0 ? kernel : kernel[kernel.IndexOf(".visible", StringComparison.Ordinal)..]);
        }
        return text.ToString();
    }

    /// <summary>Each product and each sum is rounded by itself: the assembler would make one operation of a product and a sum that do not say so.</summary>
    private static string Rounded(string ptx) => Arithmetic().Replace(ptx, "$1.rn.f32");

    /// <summary>ILGPU promises of each branch that all lanes of a warp take it alike, which of one that looks at a neuron is not so.</summary>
    private static string Divergent(string ptx) => ptx.Replace("bra.uni", "bra", StringComparison.Ordinal);

    /// <summary>ILGPU numbers parameters and labels anew in each process: they are numbered by their order.</summary>
    private static string Named(string ptx, string kernel)
    {
        var numbers = new Dictionary<string, int>();
        return Label().Replace(Parameter().Replace(ptx, match => $"{kernel}_{match.Groups[1].Value}"), match =>
        {
            if (!numbers.TryGetValue(match.Value, out int number)) numbers[match.Value] = number = numbers.Count;
            return $"{kernel}_L{number}";
        });
    }

    [GeneratedRegex(@"\b(mul|add|sub|div)(\.approx|\.full|\.rn)?(\.ftz)?\.f32\b")]
    private static partial Regex Arithmetic();

    [GeneratedRegex(@"(?<![\w%])_(\w+?)_\d+\b")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\bL_\d+\b")]
    private static partial Regex Label();
}

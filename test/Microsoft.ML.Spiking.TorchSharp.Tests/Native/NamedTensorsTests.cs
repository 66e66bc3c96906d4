using System.Reflection;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>TorchSharp's defaults are the application's: what we make says itself of what type it is, where it lies and where its noise comes from.</summary>
[TestClass]
public class NamedTensorsTests
{
    /// <summary>What changes torch for the whole process, or draws from the process's own generator.</summary>
    private static readonly string[] s_global =
    [
        "set_default_dtype", "set_default_device", "set_default_tensor_type", "set_num_threads", "set_num_interop_threads", "manual_seed", "seed", "set_rng_state", "dropout", "alpha_dropout",
        "set_float32_matmul_precision", "use_deterministic_algorithms",
    ];

    [TestMethod]
    public void No_tensor_of_ours_follows_a_default_of_the_process()
    {
        string[] offenders =
        [
            .. from type in typeof(TorchTraining).Assembly.GetTypes()
               from method in IntermediateLanguage.MethodsOf(type)
               from fault in Faults(method)
               select $"{type.Name}.{method.Name}: {fault}",
        ];
        Assert.IsEmpty(offenders, string.Join("\n", offenders.Distinct().Order()));
    }

    [TestMethod]
    [DataRow(nameof(WithoutType), "zeros without dtype")]
    [DataRow(nameof(WithoutDevice), "tensor without device")]
    [DataRow(nameof(WithoutEither), "ones without dtype, device")]
    [DataRow(nameof(WithoutGenerator), "rand without generator")]
    [DataRow(nameof(InOneBranch), "zeros without dtype")]
    [DataRow(nameof(OfTheProcess), "set_num_threads")]
    [DataRow(nameof(Named), "")]
    public void A_default_is_found_in_compiled_code(string method, string expected)
        => Assert.AreEqual(expected, string.Join("; ", Faults(typeof(NamedTensorsTests).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!)));

    private static IEnumerable<string> Faults(MethodBase method)
    {
        foreach (var (called, omitted) in OmittedArguments.Of(method))
        {
            if (called.Module.Assembly != typeof(torch).Assembly) continue;
            string[] missing = [.. omitted.Where(parameter => IsNeeded(called, parameter)).Select(parameter => parameter.Name!)];
            if (missing.Length > 0) yield return $"{called.Name} without {string.Join(", ", missing)}";
            if (s_global.Contains(called.Name)) yield return called.Name;
        }
    }

    /// <summary>What is made of another tensor is of its type, and where it is; what is made of .NET's numbers is of their type.</summary>
    private static bool IsNeeded(MethodBase called, ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(Generator)) return true;
        if (!called.IsStatic || called.GetParameters() is not [{ ParameterType: var first }, ..] || called is not MethodInfo { ReturnType: var made } || made != typeof(Tensor) || first == typeof(Tensor)) return false;
        return parameter.ParameterType == typeof(Device) || parameter.ParameterType == typeof(ScalarType?) && (called.Name != "tensor" || first == typeof(Scalar) || first == typeof(Array));
    }

    private static Tensor WithoutType() => zeros(2, device: CPU);

    private static Tensor WithoutDevice() => tensor([1f, 2f]);

    private static Tensor WithoutEither() => ones([2, 3]);

    private static Tensor WithoutGenerator() => rand(2, float32, CPU);

    private static Tensor InOneBranch(bool first) => first ? tensor([1f, 2f], device: CPU) : zeros([2], device: CPU);

    private static void OfTheProcess() => set_num_threads(get_num_threads());

    private static Tensor Named(Generator generator, bool first)
    {
        using Tensor values = tensor([1f, 2f], device: CPU), zero = zeros(2, float32, CPU), same = zeros_like(values);
        try
        {
            return first ? rand([2], float32, CPU, generator: generator) : values.add(zero);
        }
        catch (ArgumentException)
        {
            return same.alias();
        }
    }
}

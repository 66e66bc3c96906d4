using System.Reflection;
using System.Reflection.Emit;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>What runs on a device makes nothing elsewhere: read from the compiled code, since the second device falls back to the CPU's kernels here and there.</summary>
[TestClass]
public class DeviceCodeTests
{
    /// <summary>Who may name the CPU, and why.</summary>
    private static readonly Dictionary<string, string> s_onTheHost = new()
    {
        ["CounterNoise.Number"] = "has no dimensions: a kernel takes its value",
        ["CounterNoise.Drawn"] = "has no dimensions",
        ["ImageShiftTensors.Number"] = "has no dimensions",
        ["LayerTensors.Rewire"] = "goes over by copy_, in a structural update",
        ["DeviceSamples.Filled"] = "goes over by copy_, once a training",
        ["Learner.Restructure"] = "goes over by copy_, in a structural update",
        ["TensorState.As"] = "goes over by copy_, when a training is resumed",
        ["KernelProof.Difference"] = "holds what a GPU computes against the CPU, before a training",
        ["LoadedTorchLibrary.Begin"] = "is the device that was asked for",
    };

    private static readonly Type[] s_types = typeof(TorchTraining).Assembly.GetTypes();

    [TestMethod]
    public void No_generator_reaches_a_device()
    {
        string[] offenders = [.. from type in s_types
                                 from method in IntermediateLanguage.MethodsOf(type)
                                 from called in IntermediateLanguage.Calls(method)
                                 where IsOfGenerators(called)
                                 select $"{type.Name}.{method.Name} -> {called.DeclaringType!.Name}.{called.Name}"];
        Assert.IsEmpty(offenders, string.Join("\n", offenders));
    }

    [TestMethod]
    public void Only_numbers_without_dimensions_and_what_is_copied_over_are_made_on_the_host()
    {
        string[] named = [.. (from type in s_types
                              from method in IntermediateLanguage.MethodsOf(type)
                              where NamesTheCpu(method)
                              select $"{Written(type)}.{Written(method)}").Distinct().Order()];
        CollectionAssert.AreEqual(s_onTheHost.Keys.Order().ToArray(), named, string.Join("\n", named));
    }

    [TestMethod]
    public void A_generator_and_the_CPU_are_found_in_compiled_code()
    {
        MethodInfo method = typeof(DeviceCodeTests).GetMethod(nameof(Noise), BindingFlags.NonPublic | BindingFlags.Static)!;

        Assert.IsTrue(IntermediateLanguage.Calls(method).Any(IsOfGenerators));
        Assert.IsTrue(NamesTheCpu(method));
    }

    private static Tensor Noise()
    {
        using var generator = new Generator(1, CPU);
        return rand([2], float32, CPU, generator: generator);
    }

    private static bool IsOfGenerators(MethodBase called)
        => called.DeclaringType == typeof(Generator) || called.Module.Assembly == typeof(torch).Assembly && called.GetParameters().Any(parameter => parameter.ParameterType == typeof(Generator));

    private static bool NamesTheCpu(MethodBase method)
    {
        byte[] code = IntermediateLanguage.CodeOf(method);
        return IntermediateLanguage.Instructions(code).Any(instruction =>
            instruction.Code.OperandType == OperandType.InlineField && IntermediateLanguage.Resolve(method, BitConverter.ToInt32(code, instruction.Operand)) is FieldInfo { Name: "CPU" }
            || instruction.Code.OperandType == OperandType.InlineMethod && IntermediateLanguage.Resolve(method, BitConverter.ToInt32(code, instruction.Operand)) is MethodBase { Name: "get_CPU" });
    }

    /// <summary>The type as it was written: a lambda's is within that of its method.</summary>
    private static string Written(Type type) => type.DeclaringType is { } outer && type.Name.StartsWith('<') ? Written(outer) : type.Name;

    /// <summary>The method as it was written: a lambda and a local function have its name in angle brackets.</summary>
    private static string Written(MethodBase method) => method.Name.StartsWith('<') ? method.Name[1..method.Name.IndexOf('>', StringComparison.Ordinal)] : method.Name;
}
